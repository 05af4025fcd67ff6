package dev.holdfast.tokenbinding;

import dev.holdfast.RequestEvidence;
import java.util.List;

/**
 * Tells which Token Bindings a request's evidence establishes. Access tokens are confirmed with it
 * ({@link TokenBindingVerifier}); an authorization server asks it for the IDs to bind tokens to.
 *
 * <p>One instance for each server: it remembers what it verified, so that a message costs its
 * signatures once per connection, whoever asks. Safe for use by many threads.
 */
public interface TokenBindings {

  /** What the evidence says; never fails and writes nothing for what is refused. */
  TokenBindingState of(RequestEvidence evidence);

  /**
   * The headers in which it believes a trusted proxy, and nobody else: the proxy must set or remove
   * each of them on every request. None where no proxy is asked.
   */
  default List<String> headerNames() {
    return List.of();
  }

  /**
   * From this server's own TLS layer: the {@code Sec-Token-Binding} field, verified against {@link
   * RequestEvidence#exportedKeyingMaterial()}.
   */
  static TokenBindings overTls(UnknownTypes unknownTypes) {
    return new TlsTokenBindings(new TokenBindingMessageVerifier(unknownTypes));
  }

  /**
   * From the fields of a proxy that ends TLS and is trusted: {@code Sec-Provided-Token-Binding-ID},
   * {@code Sec-Referred-Token-Binding-ID} and {@code Sec-Other-Token-Binding-ID}
   * (draft-ietf-tokbind-ttrp-09). From anyone else they count for nothing.
   */
  static TokenBindings behindProxy(ProxyValue value) {
    return new ProxyTokenBindings(value);
  }
}
