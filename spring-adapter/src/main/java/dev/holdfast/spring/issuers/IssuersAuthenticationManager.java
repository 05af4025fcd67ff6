package dev.holdfast.spring.issuers;

import org.springframework.security.authentication.AuthenticationManager;

/**
 * Authenticates tokens of all of Holdfast's issuers. It is deliberately no {@code
 * AuthenticationManager} itself: Spring Security makes a bean of that type the parent of every
 * chain's own manager, and would ask it about a token that the chain has refused.
 */
public final class IssuersAuthenticationManager {
  private final AuthenticationManager manager;
  private volatile boolean isTaken;

  public IssuersAuthenticationManager(AuthenticationManager manager) {
    this.manager = manager;
  }

  /** For a chain of Holdfast's own. */
  public AuthenticationManager takenByAChain() {
    isTaken = true;
    return manager;
  }

  /** Whether there is such a chain. */
  public boolean isTaken() {
    return isTaken;
  }
}
