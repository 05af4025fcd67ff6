package dev.holdfast.jwt;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A public key of the issuer that passed {@link KeyRules}, ready to check signatures. */
final class VerificationKey {
  private final @Nullable String id;
  private final Set<SigningAlgorithm> algorithms;
  private final int signatureLength;
  private final SignatureCheck check;

  VerificationKey(
      @Nullable String id,
      Set<SigningAlgorithm> algorithms,
      int signatureLength,
      SignatureCheck check) {
    this.id = id;
    this.algorithms = Set.copyOf(algorithms);
    this.signatureLength = signatureLength;
    this.check = check;
  }

  /** {@code kid}, or null. */
  @Nullable String id() {
    return id;
  }

  /** Whether the key's type, curve, size and own {@code alg} allow the algorithm. */
  boolean fits(SigningAlgorithm algorithm) {
    return algorithms.contains(algorithm);
  }

  /** Whether this key made the signature. The length is compared before any arithmetic. */
  boolean signed(SigningAlgorithm algorithm, CompactJws jws) {
    return fits(algorithm)
        && jws.signatureLength() == signatureLength
        && check.holds(algorithm, jws);
  }

  @Override
  public String toString() {
    return "VerificationKey[" + id + "]";
  }
}
