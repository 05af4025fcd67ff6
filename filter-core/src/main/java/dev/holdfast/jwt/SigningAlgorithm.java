package dev.holdfast.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JWS algorithms that can be allowed (RFC 7518 section 3, RFC 8037, RFC 9864): asymmetric ones
 * only. {@code none} and the HMACs have no constant, so no setting and no token can name them.
 */
enum SigningAlgorithm {
  RS256("RS256", "RSA", null, 0),
  RS384("RS384", "RSA", null, 0),
  RS512("RS512", "RSA", null, 0),
  PS256("PS256", "RSA", null, 0),
  PS384("PS384", "RSA", null, 0),
  PS512("PS512", "RSA", null, 0),
  ES256("ES256", "EC", Curve.P_256, 64),
  ES384("ES384", "EC", Curve.P_384, 96),
  ES512("ES512", "EC", Curve.P_521, 132),
  EDDSA("EdDSA", "OKP", Curve.Ed25519, 64),
  ED25519("Ed25519", "OKP", Curve.Ed25519, 64);

  /** What a token may use where nothing is configured. */
  static final Set<String> DEFAULTS = Set.of("RS256", "PS256", "ES256", "ES384", "EdDSA");

  private static final Map<String, SigningAlgorithm> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(SigningAlgorithm::text, Function.identity()));

  private final String text;
  private final String keyType;

  @SuppressWarnings("ImmutableEnumChecker") // a Nimbus curve has final fields only
  private final @Nullable Curve curve;

  private final int signatureLength;

  @SuppressWarnings("ImmutableEnumChecker") // a Nimbus header has no setters
  private final JWSHeader nimbusHeader;

  SigningAlgorithm(String text, String keyType, @Nullable Curve curve, int signatureLength) {
    this.text = text;
    this.keyType = keyType;
    this.curve = curve;
    this.signatureLength = signatureLength;
    this.nimbusHeader = new JWSHeader(new JWSAlgorithm(text));
  }

  /** The algorithm of that name, or null; names are case-sensitive (RFC 7515 section 4.1.1). */
  static @Nullable SigningAlgorithm named(String name) {
    return BY_NAME.get(name);
  }

  /** The name in {@code alg}. */
  String text() {
    return text;
  }

  /** The {@code kty} of its keys. */
  String keyType() {
    return keyType;
  }

  /** The one curve of its keys; null for RSA. */
  @Nullable Curve curve() {
    return curve;
  }

  /** The one length of its signatures in bytes; 0 for RSA, where it is the modulus's. */
  int signatureLength() {
    return signatureLength;
  }

  /** A header that says {@code alg} and nothing else, for Nimbus's verifiers. */
  JWSHeader nimbusHeader() {
    return nimbusHeader;
  }
}
