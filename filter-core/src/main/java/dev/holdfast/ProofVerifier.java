package dev.holdfast;

import java.util.List;

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
   * The JWS algorithms in which proofs are taken, the preferred first, for a challenge that names
   * them (RFC 9449 section 7.1); none for a mechanism whose proofs are no JWS.
   */
  default List<String> proofAlgorithms() {
    return List.of();
  }
}
