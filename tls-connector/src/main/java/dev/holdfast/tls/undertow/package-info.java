/**
 * Undertow 2.3: nothing to install but a context made by {@link
 * dev.holdfast.tls.ConnectionKeyingMaterial#capturing(javax.net.ssl.SSLContext)}.
 */
@NullMarked
package dev.holdfast.tls.undertow;

import org.jspecify.annotations.NullMarked;
