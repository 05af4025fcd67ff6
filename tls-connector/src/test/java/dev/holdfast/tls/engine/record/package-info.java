/** What a client may cost. */
@NullMarked
package dev.holdfast.tls.engine.record;

import org.jspecify.annotations.NullMarked;
