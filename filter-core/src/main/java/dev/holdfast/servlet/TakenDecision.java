package dev.holdfast.servlet;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.Decision;
import dev.holdfast.RequestEvidence;
import dev.holdfast.servlet.evidence.ServletEvidence;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision kept with its request, so that forward, include, error and async dispatches and a
 * second filter of the same enforcer reuse it. No request parameter becomes a request attribute,
 * and nobody outside this package can make this value.
 */
final class TakenDecision {
  private static final String NAME = TakenDecision.class.getName() + '@';

  private final BindingEnforcer enforcer;
  private final List<String> credentials;
  private final Decision decision;

  private TakenDecision(BindingEnforcer enforcer, List<String> credentials, Decision decision) {
    this.enforcer = enforcer;
    this.credentials = credentials;
    this.decision = decision;
  }

  /** What this enforcer decided about this request and these credentials, or null. */
  static @Nullable Decision find(BindingEnforcer enforcer, HttpServletRequest request) {
    // credentials are the same with every source of evidence
    return request.getAttribute(nameFor(enforcer)) instanceof TakenDecision taken
            && taken.enforcer == enforcer
            && taken.credentials.equals(credentials(ServletEvidence.of(request)))
        ? taken.decision
        : null;
  }

  static Decision take(
      BindingEnforcer enforcer, HttpServletRequest request, RequestEvidence evidence) {
    Decision decision = enforcer.decide(evidence);
    request.setAttribute(
        nameFor(enforcer), new TakenDecision(enforcer, credentials(evidence), decision));
    return decision;
  }

  private static List<String> credentials(RequestEvidence evidence) {
    return evidence.headers("Authorization");
  }

  private static String nameFor(BindingEnforcer enforcer) {
    return NAME + Integer.toHexString(System.identityHashCode(enforcer));
  }

  @Override
  public String toString() {
    return decision instanceof Decision.Allowed ? "allowed" : "refused"; // no credential in it
  }
}
