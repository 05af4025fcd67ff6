/**
 * From the records to the parts that work: {@link dev.holdfast.configuration.assembly.Assembly}
 * puts them together, and the other files do it for one mechanism each. Not public API, except for
 * it.
 */
@NullMarked
package dev.holdfast.configuration.assembly;

import org.jspecify.annotations.NullMarked;
