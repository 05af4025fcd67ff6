package dev.holdfast;

import org.jspecify.annotations.Nullable;

/**
 * The issuer cannot be asked about a token: its keys or its introspection endpoint are out of
 * reach, too slow, or answer nonsense. Answered with 503 and {@code Retry-After}; never taken for a
 * statement about the token, and never cached.
 */
public final class IssuerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param rule what failed, lower-case, without values: no token, no credential
   */
  public IssuerUnavailableException(String rule, @Nullable Throwable cause) {
    super(rule, cause);
  }
}
