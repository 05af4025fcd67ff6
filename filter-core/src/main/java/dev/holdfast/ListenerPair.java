package dev.holdfast;

/** One listener, then the other. */
record ListenerPair(EnforcementListener first, EnforcementListener second)
    implements EnforcementListener {

  @Override
  public void decided(RequestEvidence evidence, Decision decision) {
    first.decided(evidence, decision);
    second.decided(evidence, decision);
  }

  @Override
  public void disbelieved(RequestEvidence evidence, String header, String peer) {
    first.disbelieved(evidence, header, peer);
    second.disbelieved(evidence, header, peer);
  }
}
