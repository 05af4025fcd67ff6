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
}
