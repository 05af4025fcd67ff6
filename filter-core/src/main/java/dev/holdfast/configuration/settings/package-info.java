/**
 * The settings as records, one component for each setting. A component's name is the setting's
 * name, and its default is in the compact constructor. What concerns tokens and their issuers is in
 * {@code issuers}.
 */
@NullMarked
package dev.holdfast.configuration.settings;

import org.jspecify.annotations.NullMarked;
