package dev.holdfast;

/**
 * A mechanism whose proofs stand for the caller's connection, whatever credential the request
 * carries: a client certificate, a provided Token Binding. What is not an access token, such as a
 * cookie, can be bound to these keys only; a DPoP proof names its token and is none of them.
 */
public interface KeyProof extends ProofVerifier {

  /** Looks at the evidence; asks nobody and writes nothing. */
  Proof prove(RequestEvidence evidence);

  /** The same for every token. */
  @Override
  default Proof prove(RequestEvidence evidence, PresentedToken token) {
    return prove(evidence);
  }
}
