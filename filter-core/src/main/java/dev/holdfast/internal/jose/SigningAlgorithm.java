package dev.holdfast.internal.jose;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JWS algorithms that can be allowed (RFC 7518 section 3, RFC 8037, RFC 9864): asymmetric ones
 * only. {@code none} and the HMACs have no constant, so no setting and no token can name them.
 */
public enum SigningAlgorithm {
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256("RS256", "SHA256withRSA"),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384("RS384", "SHA384withRSA"),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512("RS512", "SHA512withRSA"),
  /** RSASSA-PSS with SHA-256 and a salt of 32 bytes. */
  PS256("PS256", "RSASSA-PSS", pss("SHA-256", MGF1ParameterSpec.SHA256, 32)),
  /** RSASSA-PSS with SHA-384 and a salt of 48 bytes. */
  PS384("PS384", "RSASSA-PSS", pss("SHA-384", MGF1ParameterSpec.SHA384, 48)),
  /** RSASSA-PSS with SHA-512 and a salt of 64 bytes. */
  PS512("PS512", "RSASSA-PSS", pss("SHA-512", MGF1ParameterSpec.SHA512, 64)),
  /** ECDSA on P-256 with SHA-256. */
  ES256("ES256", "SHA256withECDSAinP1363Format", EllipticCurve.P_256),
  /** ECDSA on P-384 with SHA-384. */
  ES384("ES384", "SHA384withECDSAinP1363Format", EllipticCurve.P_384),
  /** ECDSA on P-521 with SHA-512. */
  ES512("ES512", "SHA512withECDSAinP1363Format", EllipticCurve.P_521),
  /** EdDSA, with Ed25519 alone. */
  EDDSA("EdDSA"),
  /** The same by its fully specified name (RFC 9864 section 2.2). */
  ED25519("Ed25519");

  /** What may be used where nothing is configured, in tokens and proofs, the best first. */
  public static final List<String> DEFAULTS =
      List.of("ES256", "ES384", "EdDSA", "Ed25519", "PS256", "RS256");

  /** All the names that a setting may have. */
  public static final List<String> NAMES =
      Arrays.stream(values()).map(SigningAlgorithm::text).toList();

  private static final Map<String, SigningAlgorithm> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(SigningAlgorithm::text, Function.identity()));

  private final String text;
  private final String keyType;
  private final @Nullable String curveName;
  private final @Nullable EllipticCurve curve;
  private final int signatureLength;
  private final String keyFactoryName;
  private final String signatureName;

  @SuppressWarnings("ImmutableEnumChecker") // a PSSParameterSpec has no setters
  private final @Nullable AlgorithmParameterSpec parameters;

  SigningAlgorithm(String text, String signatureName) {
    this(text, signatureName, (PSSParameterSpec) null);
  }

  SigningAlgorithm(String text, String signatureName, @Nullable PSSParameterSpec parameters) {
    this.text = text;
    this.keyType = "RSA";
    this.curveName = null;
    this.curve = null;
    this.signatureLength = 0;
    this.keyFactoryName = "RSA";
    this.signatureName = signatureName;
    this.parameters = parameters;
  }

  SigningAlgorithm(String text, String signatureName, EllipticCurve curve) {
    this.text = text;
    this.keyType = "EC";
    this.curveName = curve.text();
    this.curve = curve;
    this.signatureLength = 2 * curve.coordinateLength();
    this.keyFactoryName = "EC";
    this.signatureName = signatureName;
    this.parameters = null;
  }

  SigningAlgorithm(String text) {
    this.text = text;
    this.keyType = "OKP";
    this.curveName = "Ed25519";
    this.curve = null;
    this.signatureLength = 64;
    this.keyFactoryName = "Ed25519";
    this.signatureName = "Ed25519";
    this.parameters = null;
  }

  private static PSSParameterSpec pss(String digest, MGF1ParameterSpec mask, int salt) {
    return new PSSParameterSpec(digest, "MGF1", mask, salt, PSSParameterSpec.TRAILER_FIELD_BC);
  }

  /** The algorithm of that name, or null; names are case-sensitive (RFC 7515 section 4.1.1). */
  public static @Nullable SigningAlgorithm named(String name) {
    return BY_NAME.get(name);
  }

  /**
   * The algorithms that these names allow. {@code EdDSA} allows {@code Ed25519} as well: here it
   * has no other meaning. The other way round it does not, for RFC 9864 gave the name to those who
   * want this one alone.
   *
   * @throws IllegalArgumentException for a name that is not one of {@link #NAMES}
   */
  public static Set<SigningAlgorithm> allowedBy(Collection<String> names) {
    Set<SigningAlgorithm> allowed = EnumSet.noneOf(SigningAlgorithm.class);
    for (String name : names) {
      SigningAlgorithm algorithm = named(name);
      if (algorithm == null) {
        throw new IllegalArgumentException("not an asymmetric JWS algorithm known here: " + name);
      }
      allowed.add(algorithm);
    }
    if (allowed.contains(EDDSA)) {
      allowed.add(ED25519);
    }
    return allowed;
  }

  /** The name in {@code alg}. */
  public String text() {
    return text;
  }

  /** The {@code kty} of its keys. */
  public String keyType() {
    return keyType;
  }

  /** The one {@code crv} of its keys; null for RSA. */
  public @Nullable String curveName() {
    return curveName;
  }

  /** The one length of its signatures in bytes; 0 for RSA, where it is the modulus's. */
  public int signatureLength() {
    return signatureLength;
  }

  /** The curve of an ECDSA algorithm; null for the others. */
  @Nullable EllipticCurve curve() {
    return curve;
  }

  String keyFactoryName() {
    return keyFactoryName;
  }

  String signatureName() {
    return signatureName;
  }

  @Nullable AlgorithmParameterSpec parameters() {
    return parameters;
  }
}
