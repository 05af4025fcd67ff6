package dev.holdfast;

/**
 * Hears every decision before it takes effect, on the thread that decides. It must be quick; what
 * it throws is a bug, and the request is not served.
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

  /**
   * A peer that is no trusted proxy sent a header in which only a trusted proxy is believed. It
   * counts for nothing and is hidden from the application. Heard once for each such request, before
   * any decision about it.
   *
   * @param evidence the request
   * @param header the name of the first such header, in the spelling of the configuration
   * @param peer the address of the connection's other end, or {@code unknown}
   */
  default void disbelieved(RequestEvidence evidence, String header, String peer) {}

  /** This listener, then {@code next}. */
  default EnforcementListener and(EnforcementListener next) {
    EnforcementListener first = this;
    return new EnforcementListener() {
      @Override
      public void decided(RequestEvidence evidence, Decision decision) {
        first.decided(evidence, decision);
        next.decided(evidence, decision);
      }

      @Override
      public void disbelieved(RequestEvidence evidence, String header, String peer) {
        first.disbelieved(evidence, header, peer);
        next.disbelieved(evidence, header, peer);
      }
    };
  }

  /** Hears and does nothing. */
  static EnforcementListener silent() {
    return (evidence, decision) -> {};
  }
}
