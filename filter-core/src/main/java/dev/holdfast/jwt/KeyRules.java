package dev.holdfast.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which member of a key set may check tokens (RFC 7517 section 4, RFC 7518 section 6): a public key
 * meant for signatures, of a size and on a curve that is sound. Each broken rule refuses that key
 * and leaves the others alone.
 */
final class KeyRules {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;
  private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(3);
  private static final BigInteger MAX_EXPONENT = BigInteger.ONE.shiftLeft(32);
  private static final int ED25519_BYTES = 32;

  /** All that comes before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410 section 4). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** Members of private and symmetric keys (RFC 7518 sections 6.2.2, 6.3.2, 6.4). */
  private static final List<String> SECRETS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private KeyRules() {}

  /**
   * Makes a verification key of one member of {@code keys}.
   *
   * @throws UnacceptableKeyException with the rule it breaks
   */
  static VerificationKey accept(Map<String, Object> members) throws UnacceptableKeyException {
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
      JWK key = JWK.parse(members);
      if (key instanceof RSAKey rsa) {
        return accept(rsa, members);
      }
      if (key instanceof ECKey ec) {
        Set<SigningAlgorithm> algorithms = algorithms(key, members);
        return new VerificationKey(
            key.getKeyID(),
            algorithms,
            algorithms.iterator().next().signatureLength(),
            SignatureCheck.of(new ECDSAVerifier(ec.toECPublicKey())));
      }
      if (key instanceof OctetKeyPair okp) {
        return accept(okp, members);
      }
      throw new UnacceptableKeyException("its type is not RSA, EC or OKP");
    } catch (ParseException
        | JOSEException
        | GeneralSecurityException
        | IllegalArgumentException
        | IllegalStateException malformed) {
      throw new UnacceptableKeyException("it is malformed");
    }
  }

  private static VerificationKey accept(RSAKey key, Map<String, Object> members)
      throws UnacceptableKeyException, JOSEException {
    BigInteger modulus = key.getModulus().decodeToBigInteger();
    BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
    require(modulus.bitLength() >= MIN_RSA_BITS, "its modulus is shorter than 2048 bits");
    require(modulus.bitLength() <= MAX_RSA_BITS, "its modulus is longer than 8192 bits");
    require(modulus.testBit(0), "its modulus is even");
    require(exponent.testBit(0), "its exponent is even");
    require(exponent.compareTo(MIN_EXPONENT) >= 0, "its exponent is below 3");
    require(exponent.compareTo(MAX_EXPONENT) < 0, "its exponent is above 2^32");
    require(!RocaFingerprint.matches(modulus), "its primes come from a flawed generator (ROCA)");
    return new VerificationKey(
        key.getKeyID(),
        algorithms(key, members),
        (modulus.bitLength() + 7) / 8,
        SignatureCheck.of(new RSASSAVerifier(key.toRSAPublicKey())));
  }

  private static VerificationKey accept(OctetKeyPair key, Map<String, Object> members)
      throws UnacceptableKeyException, GeneralSecurityException {
    Set<SigningAlgorithm> algorithms = algorithms(key, members);
    byte[] point = key.getX().decode();
    require(point.length == ED25519_BYTES, "its x has not 32 bytes");
    byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + ED25519_BYTES);
    System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
    PublicKey publicKey =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    Signature.getInstance("Ed25519").initVerify(publicKey); // decodes the point: now, not later
    return new VerificationKey(
        key.getKeyID(),
        algorithms,
        algorithms.iterator().next().signatureLength(),
        SignatureCheck.ofEd25519(publicKey));
  }

  /** The algorithms that fit type and curve, and the key's own {@code alg} if it has one. */
  private static Set<SigningAlgorithm> algorithms(JWK key, Map<String, Object> members)
      throws UnacceptableKeyException {
    Set<SigningAlgorithm> algorithms = EnumSet.noneOf(SigningAlgorithm.class);
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      boolean fits =
          algorithm.keyType().equals(key.getKeyType().getValue())
              && (algorithm.curve() == null
                  || algorithm.curve().getName().equals(members.get("crv")));
      if (fits && (!members.containsKey("alg") || algorithm.text().equals(members.get("alg")))) {
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
