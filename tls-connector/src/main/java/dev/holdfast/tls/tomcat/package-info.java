/**
 * Tomcat 11: an {@code sslImplementationName} that keeps each connection's keying material. The
 * connector's own settings of keys, trust, protocols and ALPN hold as before.
 */
@NullMarked
package dev.holdfast.tls.tomcat;

import org.jspecify.annotations.NullMarked;
