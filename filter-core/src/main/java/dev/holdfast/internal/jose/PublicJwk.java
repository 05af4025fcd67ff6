package dev.holdfast.internal.jose;

import static dev.holdfast.internal.jose.UnacceptableJoseException.require;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.holdfast.internal.Base64Url;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key by its JWK (RFC 7517 section 4, RFC 7518 section 6, RFC 8037): of a size and on a
 * curve that is sound. Read by Nimbus from the members that make the key; a certificate chain above
 * all is not looked at, and a {@code null} is an absent member.
 */
public final class PublicJwk {
  /** Members of private and symmetric keys (RFC 7518 sections 6.2.2, 6.3.2, 6.4). */
  private static final List<String> SECRETS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  /** What makes the key itself, and its name. */
  private static final Set<String> NEEDED = Set.of("kty", "kid", "n", "e", "crv", "x", "y");

  private final JWK key;
  private final KeySpec spec;
  private final @Nullable Object curve;

  private PublicJwk(JWK key, KeySpec spec, @Nullable Object curve) {
    this.key = key;
    this.spec = spec;
    this.curve = curve;
  }

  /**
   * Reads a key that is nowhere private or symmetric.
   *
   * @param minRsaBits the shortest modulus that is taken; 2048 is the least
   */
  public static PublicJwk read(Map<String, Object> published, int minRsaBits)
      throws UnacceptableJoseException {
    Map<String, Object> members = new HashMap<>(published);
    members.values().removeIf(Objects::isNull);
    for (String secret : SECRETS) {
      require(!members.containsKey(secret), "it is private or symmetric");
    }
    members.keySet().retainAll(NEEDED);
    try {
      JWK key = JWK.parse(members);
      return new PublicJwk(key, sound(key, minRsaBits), members.get("crv"));
    } catch (ParseException | IllegalArgumentException | IllegalStateException malformed) {
      throw new UnacceptableJoseException("it is malformed");
    }
  }

  private static KeySpec sound(JWK key, int minRsaBits) throws UnacceptableJoseException {
    if (key instanceof RSAKey rsa) {
      BigInteger modulus = rsa.getModulus().decodeToBigInteger();
      BigInteger exponent = rsa.getPublicExponent().decodeToBigInteger();
      String rule = RsaKeyRules.brokenRule(modulus, exponent, minRsaBits);
      if (rule != null) {
        throw new UnacceptableJoseException(rule);
      }
      return new RSAPublicKeySpec(modulus, exponent);
    }
    KeySpec point = null;
    if (key instanceof ECKey ec) {
      EllipticCurve curve = EllipticCurve.named(ec.getCurve().getName());
      point =
          curve == null
              ? null
              : curve.keySpec(ec.getX().decodeToBigInteger(), ec.getY().decodeToBigInteger());
    } else if (key instanceof OctetKeyPair okp) {
      point = Ed25519Point.keySpec(okp.getX().decode());
    } else {
      throw new UnacceptableJoseException("its type is not RSA, EC or OKP");
    }
    if (point == null) {
      throw new UnacceptableJoseException(
          "its curve is not one for signatures, or it is no sound point of it");
    }
    return point;
  }

  /**
   * Refuses a key that could be written in another way: each number or coordinate has to be in its
   * one spelling (RFC 7518 sections 6.2.1.2, 6.2.1.3 and 6.3.1, RFC 8037 section 2), so that a key
   * has one thumbprint.
   */
  public static void requireOneSpelling(Map<?, ?> members) throws UnacceptableJoseException {
    if ("RSA".equals(members.get("kty"))) {
      for (String name : List.of("n", "e")) {
        byte[] number = bytes(members, name);
        require(number.length > 0 && number[0] != 0, name + " begins with a zero byte");
      }
      return;
    }
    byte[] x = bytes(members, "x");
    if ("EC".equals(members.get("kty"))) {
      byte[] y = bytes(members, "y");
      EllipticCurve curve =
          members.get("crv") instanceof String crv ? EllipticCurve.named(crv) : null;
      require(
          curve != null
              && x.length == curve.coordinateLength()
              && y.length == curve.coordinateLength(),
          "a coordinate has not the length of its curve");
    }
  }

  private static byte[] bytes(Map<?, ?> members, String name) throws UnacceptableJoseException {
    if (!(members.get(name) instanceof String text)) {
      throw new UnacceptableJoseException(name + " is missing or not text");
    }
    byte @Nullable [] bytes = Base64Url.decode(text);
    if (bytes == null) {
      throw new UnacceptableJoseException(name + " is not canonical base64url");
    }
    return bytes;
  }

  /** {@code kid}, or null. */
  public @Nullable String id() {
    return key.getKeyID();
  }

  /** Whether the algorithm is for keys of this type and on this curve. */
  public boolean fits(SigningAlgorithm algorithm) {
    return algorithm.keyType().equals(key.getKeyType().getValue())
        && (algorithm.curveName() == null || algorithm.curveName().equals(curve));
  }

  /**
   * What a thumbprint digests: the required members alone, in the order of their names, without
   * white space (RFC 7638 section 3, RFC 8037 section 2). None of their values needs an escape.
   * Nimbus would write it by a library that leaves something with each thread.
   */
  public byte[] thumbprintInput() {
    StringBuilder json = new StringBuilder(256);
    for (Map.Entry<String, ?> member : key.getRequiredParams().entrySet()) {
      json.append(json.isEmpty() ? "{\"" : ",\"").append(member.getKey()).append("\":\"");
      json.append(member.getValue()).append('"');
    }
    return json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Checks signatures of this algorithm by this key. */
  public SignatureCheck check(SigningAlgorithm algorithm, SignatureProviders providers)
      throws UnacceptableJoseException {
    try {
      return SignatureCheck.of(algorithm, spec, providers);
    } catch (InvalidKeySpecException refused) {
      throw new UnacceptableJoseException("it is not a key that can be used");
    }
  }

  /** The key's type and name. */
  @Override
  public String toString() {
    return "PublicJwk[" + key.getKeyType() + ", " + key.getKeyID() + "]";
  }
}
