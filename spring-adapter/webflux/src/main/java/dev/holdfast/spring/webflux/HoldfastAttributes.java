package dev.holdfast.spring.webflux;

/** Attributes of an exchange whose token Holdfast has allowed. */
public final class HoldfastAttributes {
  /** What the issuer says of the token: a {@link dev.holdfast.AccessToken}. */
  public static final String ACCESS_TOKEN = "dev.holdfast.AccessToken";

  /** The key that the caller proved: a {@link dev.holdfast.Binding}; absent when none counted. */
  public static final String BINDING = "dev.holdfast.Binding";

  private HoldfastAttributes() {}
}
