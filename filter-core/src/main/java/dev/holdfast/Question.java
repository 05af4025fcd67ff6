package dev.holdfast;

import org.jspecify.annotations.Nullable;

/**
 * A request that {@link BindingEnforcer} has looked at and not decided yet.
 *
 * @param evidence the request
 * @param presentation what it presents as its credential
 * @param requirement what the policy demands of it; null when rules ask for the token's issuer
 */
public record Question(
    RequestEvidence evidence, Presentation presentation, @Nullable Requirement requirement) {

  /** The scheme under which a token is presented; null when there is none to look at. */
  public PresentedToken.@Nullable Scheme scheme() {
    return presentation instanceof PresentedToken token ? token.scheme() : null;
  }
}
