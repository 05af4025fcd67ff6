package dev.holdfast.servlet;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;

/** The names of the request attributes that an allowed request carries. */
public final class HoldfastAttributes {
  /** The {@link AccessToken}; also the request's user principal. */
  public static final String ACCESS_TOKEN = "dev.holdfast.AccessToken";

  /** The proven {@link Binding}; absent when the token demanded none or was not looked at. */
  public static final String BINDING = "dev.holdfast.Binding";

  private HoldfastAttributes() {}
}
