/**
 * What has to hold between settings. Each check stops the start with a text that names the setting,
 * what was found and what to do. Not public API.
 */
@NullMarked
package dev.holdfast.configuration.checks;

import org.jspecify.annotations.NullMarked;
