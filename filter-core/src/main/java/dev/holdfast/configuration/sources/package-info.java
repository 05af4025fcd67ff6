/**
 * Where settings come from: init parameters, system properties, the environment, a settings file
 * and files with secrets, and which of them counts. Not public API.
 */
@NullMarked
package dev.holdfast.configuration.sources;

import org.jspecify.annotations.NullMarked;
