/**
 * Real proxies in front of an API: nginx, Apache httpd, HAProxy and Caddy, each with the
 * configuration that stands in {@code proxies}, the rightful call, and who tries to forge what only
 * the proxy may say. {@code check} sends the same forgeries to a proxy of one's own.
 *
 * <pre>{@code
 * examples/behind-a-proxy/run nginx
 * examples/behind-a-proxy/run check https://api.example/me --token-file=token --certificate=client.crt
 * }</pre>
 */
@NullMarked
package dev.holdfast.examples.behindaproxy;

import org.jspecify.annotations.NullMarked;
