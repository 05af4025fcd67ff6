/**
 * Gives Token Binding the keying material of the connection: by a TLS server that negotiates it,
 * {@link dev.holdfast.tls.engine}, or, described here, with the JDK's own TLS.
 *
 * <h2>What the latter is for</h2>
 *
 * <p>A Token Binding message is signed over 32 bytes that client and server export from their TLS
 * connection (RFC 8471 section 3.3). JDK 25 and later can export them. It cannot negotiate Token
 * Binding in the handshake (RFC 8472), so this is for ports whose configuration fixes the key
 * parameters and whose clients all speak Token Binding:
 *
 * <pre>{@code
 * holdfast.token-binding.source=tls
 * holdfast.token-binding.negotiation=configured
 * holdfast.token-binding.key-parameters=ecdsap256
 * }</pre>
 *
 * <p>Spring Boot installs it by these three lines in its embedded Tomcat or Jetty. Without Spring:
 *
 * <ul>
 *   <li>Tomcat: {@code TokenBindingSslImplementation.install(connector)}, or the attribute {@code
 *       sslImplementationName="dev.holdfast.tls.tomcat.TokenBindingSslImplementation"} of the
 *       connector in {@code server.xml}
 *   <li>Jetty: {@code TokenBindingConnectionFactory.install(server)} before it starts
 *   <li>Undertow: {@code builder.addHttpsListener(port, host,
 *       ConnectionKeyingMaterial.capturing(sslContext))}
 * </ul>
 *
 * <h2>How it works</h2>
 *
 * <ol>
 *   <li>{@link dev.holdfast.tls.ConnectionKeyingMaterial}: the way in; wraps a context or an engine
 *   <li>{@code CapturingEngine}: exports while the connection's handshake ends, once
 *   <li>{@code CapturedSession}: the engine's view of its session, which keeps what was exported
 *   <li>one {@code dev.holdfast.servlet.exporter.KeyingMaterialExporter} per container, found by
 *       {@link java.util.ServiceLoader}: from a request to that view
 * </ol>
 *
 * <p>Exporting later, when a request asks, would be wrong: after a TLS 1.2 resumption by session ID
 * two connections share one session object in the JDK, and it exports for the one that shook hands
 * last. Nothing is exported without extended master secret (RFC 7627 section 5.1); such a
 * connection works, and is not verified. A TLS 1.2 connection cannot be renegotiated.
 */
@NullMarked
package dev.holdfast.tls;

import org.jspecify.annotations.NullMarked;
