/**
 * Jetty 12.1: a TLS connection factory that keeps each connection's keying material. The {@code
 * SslContextFactory}'s settings and reloads hold as before.
 */
@NullMarked
package dev.holdfast.tls.jetty;

import org.jspecify.annotations.NullMarked;
