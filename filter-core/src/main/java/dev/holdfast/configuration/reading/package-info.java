/**
 * From texts to the records: init parameters, system properties, the environment, a settings file
 * and files with secrets; names in each of their spellings, and what is wrong with a name. Not
 * public API.
 */
@NullMarked
package dev.holdfast.configuration.reading;

import org.jspecify.annotations.NullMarked;
