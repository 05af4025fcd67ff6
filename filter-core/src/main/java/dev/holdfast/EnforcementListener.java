package dev.holdfast;

/**
 * Hears every decision, on the request's thread, before it takes effect. It must be quick; what it
 * throws is a bug, and the request is not served.
 */
@FunctionalInterface
public interface EnforcementListener {

  /**
   * A decision was taken.
   *
   * @param evidence the request; its header values may hold secrets, so log none
   * @param decision {@link Decision.Allowed#reported()} is what {@code report-only} let pass
   */
  void decided(RequestEvidence evidence, Decision decision);

  /** This listener, then {@code next}. */
  default EnforcementListener and(EnforcementListener next) {
    return (evidence, decision) -> {
      decided(evidence, decision);
      next.decided(evidence, decision);
    };
  }

  /** Hears and does nothing. */
  static EnforcementListener silent() {
    return (evidence, decision) -> {};
  }
}
