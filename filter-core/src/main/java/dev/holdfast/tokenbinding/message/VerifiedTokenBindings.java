package dev.holdfast.tokenbinding.message;

import org.jspecify.annotations.Nullable;

/**
 * The keys that a client proved to hold on one connection. Only {@link
 * TokenBindingMessageVerifier}, or a trusted proxy, makes one. Both IDs have known key parameters.
 */
public final class VerifiedTokenBindings {
  private final TokenBindingId provided;
  private final @Nullable TokenBindingId referred;
  private final Referral referral;

  /** With a referred ID that may be of an unknown kind, and then is not shown to anybody. */
  public VerifiedTokenBindings(TokenBindingId provided, @Nullable TokenBindingId referred) {
    this.provided = provided;
    this.referral = Referral.of(referred);
    this.referred = referral == Referral.KNOWN ? referred : null;
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

  /** Whether it referred to none, or to one of a kind unknown here: for tokens not the same. */
  public Referral referral() {
    return referral;
  }

  @Override
  public String toString() {
    return "VerifiedTokenBindings[provided " + provided + ", referred " + referred + "]";
  }
}
