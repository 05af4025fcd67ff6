package dev.holdfast.tokenbinding;

import java.util.Optional;

/** What a proxy that ends TLS writes into the fields that name a Token Binding. */
public enum ProxyValue {
  /**
   * The Token Binding ID in base64url (draft-ietf-tokbind-ttrp-09 section 2.1), as
   * mod_token_binding sends it; the default.
   */
  ID("id"),
  /**
   * The SHA-256 of the Token Binding ID in base64url, as the variables {@code
   * $provided_token_binding_id} and {@code $referred_token_binding_id} of ngx_token_binding hold
   * it, which has no other form.
   */
  SHA256("sha256");

  private final String propertyName;

  ProxyValue(String propertyName) {
    this.propertyName = propertyName;
  }

  /** The name used in configuration. */
  public String propertyName() {
    return propertyName;
  }

  /** The choice that configuration names so. */
  public static Optional<ProxyValue> ofPropertyName(String name) {
    for (ProxyValue choice : values()) {
      if (choice.propertyName.equals(name)) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }
}
