package dev.holdfast;

import java.util.Optional;

/**
 * A way to name the key that a token was issued to: one member of {@code cnf} (RFC 7800 section 3),
 * one mechanism.
 */
public enum ConfirmationMethod {
  /** {@code tbh}: the SHA-256 of a Token Binding ID (OAuth 2.0 Token Binding). */
  TOKEN_BINDING("tbh", "token-binding"),
  /** {@code x5t#S256}: the SHA-256 of a client certificate's DER (RFC 8705 section 3.1). */
  CERTIFICATE("x5t#S256", "certificate"),
  /** {@code jkt}: the SHA-256 JWK thumbprint of a DPoP key (RFC 9449 section 6.1). */
  DPOP("jkt", "dpop");

  private final String member;
  private final String propertyName;

  ConfirmationMethod(String member, String propertyName) {
    this.member = member;
    this.propertyName = propertyName;
  }

  /** The member's name inside {@code cnf}, case-sensitive. */
  public String member() {
    return member;
  }

  /** The name used in configuration, logs and metrics. */
  public String propertyName() {
    return propertyName;
  }

  /** The method that configuration names so, for example {@code certificate}. */
  public static Optional<ConfirmationMethod> ofPropertyName(String name) {
    for (ConfirmationMethod method : values()) {
      if (method.propertyName.equals(name)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }
}
