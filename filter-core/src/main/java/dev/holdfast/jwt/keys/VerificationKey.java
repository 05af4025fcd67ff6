package dev.holdfast.jwt.keys;

import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.SignatureCheck;
import dev.holdfast.internal.jose.SigningAlgorithm;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A public key of the issuer that passed {@link KeyRules}, ready to check signatures. */
final class VerificationKey {
  private final @Nullable String id;
  private final Map<SigningAlgorithm, SignatureCheck> checks;

  VerificationKey(@Nullable String id, Map<SigningAlgorithm, SignatureCheck> checks) {
    this.id = id;
    this.checks = Map.copyOf(checks);
  }

  /** {@code kid}, or null. */
  @Nullable String id() {
    return id;
  }

  /** Whether the key's type, curve, size and own {@code alg} allow the algorithm. */
  boolean fits(SigningAlgorithm algorithm) {
    return checks.containsKey(algorithm);
  }

  /** Whether this key made the signature. */
  boolean signed(SigningAlgorithm algorithm, CompactJws jws) {
    SignatureCheck check = checks.get(algorithm);
    return check != null && jws.isSigned(check);
  }

  @Override
  public String toString() {
    return "VerificationKey[" + id + "]";
  }
}
