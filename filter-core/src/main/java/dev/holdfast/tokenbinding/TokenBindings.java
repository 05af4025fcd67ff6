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
}
