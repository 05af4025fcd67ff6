package dev.holdfast;

import org.jspecify.annotations.Nullable;

/** What a mechanism says of a request, held to what a mechanism may say. */
final class OwnProof {
  private OwnProof() {}

  /**
   * A mechanism speaks for its own method only. One that says nothing, or proves another
   * mechanism's key, or a key without the spending that its method needs, is a bug: the request is
   * not served.
   */
  static Proof of(ProofVerifier mechanism, @Nullable Proof proof) {
    if (proof == null) {
      throw broken(mechanism, "says nothing of a request");
    }
    if (proof instanceof Proof.Proven proven) {
      ConfirmationMethod method = proven.binding().method();
      if (method != mechanism.method()) {
        throw broken(mechanism, "proves a key of " + method.propertyName());
      }
      if (method.countsOnce() && proven.spending() == null) {
        throw broken(mechanism, "proves a key for good, and its proofs count once");
      }
    }
    return proof;
  }

  private static IllegalStateException broken(ProofVerifier mechanism, String what) {
    return new IllegalStateException(
        "the mechanism of " + mechanism.method().propertyName() + ' ' + what);
  }
}
