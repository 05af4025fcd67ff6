/** The four proxies from the distribution's packages, as {@code proxies} configures them. */
@NullMarked
package dev.holdfast.examples.behindaproxy;

import org.jspecify.annotations.NullMarked;
