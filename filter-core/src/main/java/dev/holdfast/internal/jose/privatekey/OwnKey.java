package dev.holdfast.internal.jose.privatekey;

import dev.holdfast.internal.jose.EllipticCurve;
import dev.holdfast.internal.jose.SigningAlgorithm;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key of this service, of a size and on a curve that is sound.
 *
 * @param key the key itself; never shown
 * @param id {@code kid} of its JWK, or null
 * @param algorithm {@code alg} of its JWK, or null
 * @param use {@code use} of its JWK, or null
 */
public record OwnKey(
    PrivateKey key, @Nullable String id, @Nullable String algorithm, @Nullable String use) {

  /** The algorithms that it can sign with, the one to choose first; none for other keys. */
  public List<SigningAlgorithm> signingAlgorithms() {
    if (key instanceof RSAPrivateKey) {
      // RFC 7523 section 5 has RS256 as the one that everybody takes.
      return List.of(
          SigningAlgorithm.RS256,
          SigningAlgorithm.PS256,
          SigningAlgorithm.RS384,
          SigningAlgorithm.RS512,
          SigningAlgorithm.PS384,
          SigningAlgorithm.PS512);
    }
    if (key instanceof ECPrivateKey ec) {
      EllipticCurve curve = EllipticCurve.of(ec.getParams());
      return curve == null
          ? List.of()
          : switch (curve) {
            case P_256 -> List.of(SigningAlgorithm.ES256);
            case P_384 -> List.of(SigningAlgorithm.ES384);
            case P_521 -> List.of(SigningAlgorithm.ES512);
          };
    }
    return List.of(SigningAlgorithm.EDDSA, SigningAlgorithm.ED25519);
  }

  /** Its kind and its name alone. */
  @Override
  public String toString() {
    return "OwnKey[" + key.getAlgorithm() + ", " + id + "]";
  }
}
