package dev.holdfast;

import java.util.List;
import java.util.Map;

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

  /**
   * What the resource's metadata says of this mechanism where its bindings are taken (RFC 9728
   * section 2): members with a text, a truth or a list of texts. It is asked for once, at the
   * start.
   *
   * @param requirements every requirement that some request could meet
   */
  default Map<String, Object> metadata(List<Requirement> requirements) {
    return Map.of();
  }
}
