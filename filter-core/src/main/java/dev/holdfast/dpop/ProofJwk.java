package dev.holdfast.dpop;

import static dev.holdfast.dpop.UnacceptableProofException.require;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.jose.PublicJwk;
import dev.holdfast.internal.jose.SignatureProviders;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code jwk} of a proof's header: a public key of the type and on the curve that the algorithm
 * demands (RFC 7518 section 6, RFC 8037), each value in its one spelling, so that a key has one
 * thumbprint. Other members are ignored.
 */
final class ProofJwk {
  private ProofJwk() {}

  static ProofKey read(
      @Nullable Object jwk,
      SigningAlgorithm algorithm,
      int minRsaBits,
      SignatureProviders providers)
      throws UnacceptableProofException {
    if (!(jwk instanceof Map<?, ?> object)) {
      throw new UnacceptableProofException("jwk is missing or not an object");
    }
    require(algorithm.keyType().equals(object.get("kty")), "kty does not fit alg");
    if (algorithm.curveName() != null) {
      require(algorithm.curveName().equals(object.get("crv")), "crv does not fit alg");
    }
    @SuppressWarnings("unchecked") // a JSON object's names are text
    Map<String, Object> members = (Map<String, Object>) object;
    try {
      PublicJwk.requireOneSpelling(members);
      PublicJwk key = PublicJwk.read(members, minRsaBits);
      Sha256Digest thumbprint = Sha256Digest.of(key.thumbprintInput());
      return new ProofKey(
          new Binding(ConfirmationMethod.DPOP, thumbprint),
          thumbprint.toBase64Url(),
          key.check(algorithm, providers));
    } catch (UnacceptableJoseException refused) {
      throw new UnacceptableProofException("jwk: " + refused.rule());
    }
  }
}
