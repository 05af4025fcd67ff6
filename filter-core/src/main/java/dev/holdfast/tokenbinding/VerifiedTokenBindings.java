package dev.holdfast.tokenbinding;

import org.jspecify.annotations.Nullable;

/**
 * The keys that a client proved to hold on one connection. Only {@link TokenBindingMessageVerifier}
 * makes one. Both IDs have known key parameters.
 */
public final class VerifiedTokenBindings {
  private final TokenBindingId provided;
  private final @Nullable TokenBindingId referred;

  VerifiedTokenBindings(TokenBindingId provided, @Nullable TokenBindingId referred) {
    this.provided = provided;
    this.referred = referred;
  }

  /** The key that the client uses with this server; tokens sent to it are compared with this. */
  public TokenBindingId provided() {
    return provided;
  }

  /**
   * The key that the client uses with another server, or null when it referred to none, or to one
   * of a kind unknown here. An authorization server binds tokens for that server to it; it never
   * decides about access.
   */
  public @Nullable TokenBindingId referred() {
    return referred;
  }

  @Override
  public String toString() {
    return "VerifiedTokenBindings[provided " + provided + ", referred " + referred + "]";
  }
}
