package dev.holdfast.jwt;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.holdfast.internal.crypto.Ed25519Point;
import dev.holdfast.internal.crypto.EllipticCurve;
import dev.holdfast.internal.crypto.RsaKeyRules;
import dev.holdfast.internal.crypto.SignatureCheck;
import dev.holdfast.internal.crypto.SignatureProviders;
import dev.holdfast.internal.crypto.SigningAlgorithm;
import java.math.BigInteger;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.text.ParseException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which member of a key set may check tokens (RFC 7517 section 4, RFC 7518 section 6): a public key
 * meant for signatures, of a size and on a curve that is sound. Each broken rule refuses that key
 * and leaves the others alone. Members that no rule needs, a certificate chain above all, are not
 * looked at, and a {@code null} is an absent member.
 */
final class KeyRules {
  /** Members of private and symmetric keys (RFC 7518 sections 6.2.2, 6.3.2, 6.4). */
  private static final List<String> SECRETS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private static final Set<Object> ED25519_NAMES =
      Set.of(SigningAlgorithm.EDDSA.text(), SigningAlgorithm.ED25519.text());

  /** What makes the key itself, and its name. */
  private static final Set<String> NEEDED = Set.of("kty", "kid", "n", "e", "crv", "x", "y");

  private KeyRules() {}

  /**
   * Makes a verification key of one member of {@code keys}.
   *
   * @throws UnacceptableKeyException with the rule it breaks
   */
  static VerificationKey accept(Map<String, Object> published) throws UnacceptableKeyException {
    Map<String, Object> members = new HashMap<>(published);
    members.values().removeIf(Objects::isNull);
    for (String secret : SECRETS) {
      require(!members.containsKey(secret), "it is private or symmetric");
    }
    if (members.containsKey("use")) {
      require("sig".equals(members.get("use")), "its use is not sig");
    }
    if (members.containsKey("key_ops")) {
      require(
          members.get("key_ops") instanceof List<?> operations && operations.contains("verify"),
          "its key_ops do not say verify");
    }
    try {
      Map<String, Object> needed = new HashMap<>(members);
      needed.keySet().retainAll(NEEDED);
      JWK key = JWK.parse(needed);
      if (key instanceof RSAKey rsa) {
        return accept(key, keySpec(rsa), members);
      }
      if (key instanceof ECKey ec) {
        return accept(key, keySpec(ec), members);
      }
      if (key instanceof OctetKeyPair okp) {
        return accept(key, keySpec(okp), members);
      }
      throw new UnacceptableKeyException("its type is not RSA, EC or OKP");
    } catch (ParseException
        | InvalidKeySpecException
        | IllegalArgumentException
        | IllegalStateException malformed) {
      throw new UnacceptableKeyException("it is malformed");
    }
  }

  private static KeySpec keySpec(RSAKey key) throws UnacceptableKeyException {
    BigInteger modulus = key.getModulus().decodeToBigInteger();
    BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
    String rule = RsaKeyRules.brokenRule(modulus, exponent, RsaKeyRules.MIN_BITS);
    if (rule != null) {
      throw new UnacceptableKeyException(rule);
    }
    return new RSAPublicKeySpec(modulus, exponent);
  }

  private static KeySpec keySpec(ECKey key) throws UnacceptableKeyException {
    EllipticCurve curve = EllipticCurve.named(key.getCurve().getName());
    KeySpec spec =
        curve == null
            ? null
            : curve.keySpec(key.getX().decodeToBigInteger(), key.getY().decodeToBigInteger());
    return sound(spec, "its curve is not one for signatures, or it is not on it");
  }

  private static KeySpec keySpec(OctetKeyPair key) throws UnacceptableKeyException {
    return sound(Ed25519Point.keySpec(key.getX().decode()), "its x is no sound point of 32 bytes");
  }

  private static KeySpec sound(@Nullable KeySpec spec, String rule)
      throws UnacceptableKeyException {
    if (spec == null) {
      throw new UnacceptableKeyException(rule);
    }
    return spec;
  }

  private static VerificationKey accept(JWK key, KeySpec spec, Map<String, Object> members)
      throws UnacceptableKeyException, InvalidKeySpecException {
    Map<SigningAlgorithm, SignatureCheck> checks = new EnumMap<>(SigningAlgorithm.class);
    for (SigningAlgorithm algorithm : algorithms(key, members)) {
      checks.put(algorithm, SignatureCheck.of(algorithm, spec, SignatureProviders.ofThisProcess()));
    }
    return new VerificationKey(key.getKeyID(), checks);
  }

  /**
   * The algorithms that fit type and curve, and the key's own {@code alg} if it has one. {@code
   * EdDSA} and {@code Ed25519} are two names of one.
   */
  private static Set<SigningAlgorithm> algorithms(JWK key, Map<String, Object> members)
      throws UnacceptableKeyException {
    Set<SigningAlgorithm> algorithms = EnumSet.noneOf(SigningAlgorithm.class);
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      boolean fits =
          algorithm.keyType().equals(key.getKeyType().getValue())
              && (algorithm.curveName() == null
                  || algorithm.curveName().equals(members.get("crv")));
      Object own = members.get("alg");
      boolean isOwn =
          own == null
              || algorithm.text().equals(own)
              || (algorithm.keyType().equals("OKP") && ED25519_NAMES.contains(own));
      if (fits && isOwn) {
        algorithms.add(algorithm);
      }
    }
    require(!algorithms.isEmpty(), "its curve or its alg is not one for signatures");
    return algorithms;
  }

  private static void require(boolean holds, String rule) throws UnacceptableKeyException {
    if (!holds) {
      throw new UnacceptableKeyException(rule);
    }
  }
}
