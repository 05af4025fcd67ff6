package dev.holdfast.dpop;

import static dev.holdfast.dpop.UnacceptableProofException.require;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.crypto.Ed25519Point;
import dev.holdfast.internal.crypto.EllipticCurve;
import dev.holdfast.internal.crypto.RsaKeyRules;
import dev.holdfast.internal.crypto.SignatureCheck;
import dev.holdfast.internal.crypto.SignatureProviders;
import dev.holdfast.internal.crypto.SigningAlgorithm;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code jwk} of a proof's header: a public key of the type and on the curve that the algorithm
 * demands (RFC 7518 section 6, RFC 8037), each value in its one spelling, so that a key has one
 * thumbprint. Other members are ignored.
 */
final class ProofJwk {
  /** Members of private and symmetric keys (RFC 7518 sections 6.2.2, 6.3.2, 6.4). */
  private static final List<String> SECRETS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private ProofJwk() {}

  static ProofKey read(
      Map<?, ?> members, SigningAlgorithm algorithm, int minRsaBits, SignatureProviders providers)
      throws UnacceptableProofException {
    for (String secret : SECRETS) {
      require(!members.containsKey(secret), "jwk is private or symmetric");
    }
    require(algorithm.keyType().equals(members.get("kty")), "kty does not fit alg");
    if (algorithm.curveName() != null) {
      require(algorithm.curveName().equals(members.get("crv")), "crv does not fit alg");
    }
    KeySpec spec =
        switch (algorithm.keyType()) {
          case "RSA" -> rsa(members, minRsaBits);
          case "EC" -> elliptic(members, algorithm.curveName());
          default -> ed25519(members);
        };
    String thumbprint = thumbprint(members, algorithm.keyType());
    Sha256Digest digest = Sha256Digest.of(thumbprint.getBytes(StandardCharsets.US_ASCII));
    try {
      return new ProofKey(
          new Binding(ConfirmationMethod.DPOP, digest),
          digest.toBase64Url(),
          SignatureCheck.of(algorithm, spec, providers));
    } catch (InvalidKeySpecException refused) {
      throw new UnacceptableProofException("jwk is not a key that can be used");
    }
  }

  private static KeySpec rsa(Map<?, ?> members, int minRsaBits) throws UnacceptableProofException {
    BigInteger modulus = unsigned(members, "n");
    BigInteger exponent = unsigned(members, "e");
    String rule = RsaKeyRules.brokenRule(modulus, exponent, minRsaBits);
    if (rule != null) {
      throw new UnacceptableProofException("jwk: " + rule);
    }
    return new RSAPublicKeySpec(modulus, exponent);
  }

  /** The fewest bytes that hold the number (RFC 7518 section 6.3.1.1). */
  private static BigInteger unsigned(Map<?, ?> members, String name)
      throws UnacceptableProofException {
    byte[] bytes = bytes(members, name);
    require(bytes.length > 0 && bytes[0] != 0, name + " begins with a zero byte");
    return new BigInteger(1, bytes);
  }

  private static KeySpec elliptic(Map<?, ?> members, @Nullable String crv)
      throws UnacceptableProofException {
    EllipticCurve curve = crv == null ? null : EllipticCurve.named(crv);
    if (curve == null) {
      throw new UnacceptableProofException("crv is not known");
    }
    byte[] x = bytes(members, "x");
    byte[] y = bytes(members, "y");
    require(
        x.length == curve.coordinateLength() && y.length == curve.coordinateLength(),
        "a coordinate has not the length of its curve");
    return sound(curve.keySpec(new BigInteger(1, x), new BigInteger(1, y)));
  }

  private static KeySpec ed25519(Map<?, ?> members) throws UnacceptableProofException {
    return sound(Ed25519Point.keySpec(bytes(members, "x")));
  }

  private static KeySpec sound(@Nullable KeySpec spec) throws UnacceptableProofException {
    if (spec == null) {
      throw new UnacceptableProofException("jwk is no sound point of its curve");
    }
    return spec;
  }

  private static byte[] bytes(Map<?, ?> members, String name) throws UnacceptableProofException {
    return CompactProof.decode(text(members, name));
  }

  private static String text(Map<?, ?> members, String name) throws UnacceptableProofException {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw new UnacceptableProofException("jwk: " + name + " is missing or not text");
  }

  /**
   * What the thumbprint digests: the required members alone, in the order of their names, without
   * white space (RFC 7638 section 3, RFC 8037 section 2). Their values are known not to need any
   * escape.
   */
  private static String thumbprint(Map<?, ?> members, String keyType)
      throws UnacceptableProofException {
    List<String> names =
        switch (keyType) {
          case "RSA" -> List.of("e", "kty", "n");
          case "EC" -> List.of("crv", "kty", "x", "y");
          default -> List.of("crv", "kty", "x");
        };
    StringBuilder json = new StringBuilder(256);
    for (String name : names) {
      json.append(json.isEmpty() ? "{\"" : ",\"").append(name).append("\":\"");
      json.append(text(members, name)).append('"');
    }
    return json.append('}').toString();
  }
}
