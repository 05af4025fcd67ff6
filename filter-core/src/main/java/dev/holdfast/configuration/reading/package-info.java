/**
 * From texts to the records: names in each of their spellings, values, and what is wrong with
 * either. Not public API.
 */
@NullMarked
package dev.holdfast.configuration.reading;

import org.jspecify.annotations.NullMarked;
