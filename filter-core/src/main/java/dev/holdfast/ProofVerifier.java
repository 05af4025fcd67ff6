package dev.holdfast;

/** One mechanism by which a caller proves a key. */
public interface ProofVerifier {

  /** The method whose bindings this mechanism proves. */
  ConfirmationMethod method();

  /**
   * Looks at the evidence; asks nobody and writes nothing.
   *
   * @param token the token that the proof must be for, where the mechanism's proofs name one
   */
  Proof prove(RequestEvidence evidence, PresentedToken token);

  /**
   * What the challenge of its own scheme says beside an error, as RFC 9110 section 11.2 writes it:
   * {@code algs="ES256"}, for example (RFC 9449 section 7.1). It is asked for once, at the start.
   */
  default String challengeParameters() {
    return "";
  }
}
