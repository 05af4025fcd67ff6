/** The engine alone, then each container over real TLS. */
@NullMarked
package dev.holdfast.tls;

import org.jspecify.annotations.NullMarked;
