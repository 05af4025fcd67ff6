/**
 * Issuers that Spring Boot's own settings name, and the beans that ask all of them. Not for
 * applications: it may change with every release.
 */
@NullMarked
package dev.holdfast.spring.boot.issuers;

import org.jspecify.annotations.NullMarked;
