/**
 * Spring Boot's auto-configuration. The rooms below it read the settings, the issuers and the
 * connection to Redis, and report meters and failures. Only the auto-configurations are for
 * applications, by their names in {@code spring.autoconfigure.exclude}.
 */
@NullMarked
package dev.holdfast.spring.boot;

import org.jspecify.annotations.NullMarked;
