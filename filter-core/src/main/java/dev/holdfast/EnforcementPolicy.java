package dev.holdfast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is demanded of each request. */
public interface EnforcementPolicy {

  /** Every requirement that some request could meet. */
  List<Requirement> requirements();

  /** What holds for this request when nothing depends on the issuer, else null. */
  @Nullable Requirement beforeVerification(RequestEvidence evidence);

  /** What holds for this request with a token of this issuer. */
  Requirement afterVerification(RequestEvidence evidence, String issuer);

  /** Whether a wrong proof refuses this request, whichever issuer's the token is. */
  boolean refusesForEveryIssuer(RequestEvidence evidence);
}
