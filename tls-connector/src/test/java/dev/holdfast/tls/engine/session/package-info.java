/** Sessions that can be resumed. */
@NullMarked
package dev.holdfast.tls.engine.session;

import org.jspecify.annotations.NullMarked;
