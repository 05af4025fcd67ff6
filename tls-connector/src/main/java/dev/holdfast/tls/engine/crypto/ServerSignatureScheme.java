package dev.holdfast.tls.engine.crypto;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Vector;
import java.util.stream.Collectors;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.jspecify.annotations.Nullable;

/**
 * How this server signs and what it takes from clients: no SHA-1, no MD5, no DSA (RFC 9155). In TLS
 * 1.3 a curve and its hash belong together, and RSA signs with PSS only (RFC 8446 section 4.2.3).
 */
public enum ServerSignatureScheme {
  ECDSA_SECP256R1_SHA256(SignatureScheme.ecdsa_secp256r1_sha256, "EC", "SHA256withECDSA", 256),
  ED25519(SignatureScheme.ed25519, "EdDSA", "Ed25519", 0),
  RSA_PSS_RSAE_SHA256(SignatureScheme.rsa_pss_rsae_sha256, "RSA", "RSASSA-PSS", 32),
  RSA_PSS_PSS_SHA256(SignatureScheme.rsa_pss_pss_sha256, "RSASSA-PSS", "RSASSA-PSS", 32),
  ECDSA_SECP384R1_SHA384(SignatureScheme.ecdsa_secp384r1_sha384, "EC", "SHA384withECDSA", 384),
  RSA_PSS_RSAE_SHA384(SignatureScheme.rsa_pss_rsae_sha384, "RSA", "RSASSA-PSS", 48),
  RSA_PSS_PSS_SHA384(SignatureScheme.rsa_pss_pss_sha384, "RSASSA-PSS", "RSASSA-PSS", 48),
  ECDSA_SECP521R1_SHA512(SignatureScheme.ecdsa_secp521r1_sha512, "EC", "SHA512withECDSA", 521),
  RSA_PSS_RSAE_SHA512(SignatureScheme.rsa_pss_rsae_sha512, "RSA", "RSASSA-PSS", 64),
  RSA_PSS_PSS_SHA512(SignatureScheme.rsa_pss_pss_sha512, "RSASSA-PSS", "RSASSA-PSS", 64),
  RSA_PKCS1_SHA256(SignatureScheme.rsa_pkcs1_sha256, "RSA", "SHA256withRSA", 0),
  RSA_PKCS1_SHA384(SignatureScheme.rsa_pkcs1_sha384, "RSA", "SHA384withRSA", 0),
  RSA_PKCS1_SHA512(SignatureScheme.rsa_pkcs1_sha512, "RSA", "SHA512withRSA", 0);

  private static final int MIN_RSA_BITS = 2048;

  /** Those that the JVM does not rule out, the preferred first. */
  private static final List<ServerSignatureScheme> ADMITTED =
      Arrays.stream(values())
          .filter(scheme -> JvmPolicy.admitsSignatureScheme(scheme.value))
          .toList();

  private static final Map<Integer, ServerSignatureScheme> BY_VALUE =
      ADMITTED.stream()
          .collect(Collectors.toUnmodifiableMap(scheme -> scheme.value, scheme -> scheme));

  private static final String[] NAMES = algorithms(ADMITTED);

  private final int value;
  private final String keyType;
  private final String algorithm;

  /** Bits of the curve, or bytes of the hash of RSA-PSS, or 0. */
  private final int size;

  ServerSignatureScheme(int value, String keyType, String algorithm, int size) {
    this.value = value;
    this.keyType = keyType;
    this.algorithm = algorithm;
    this.size = size;
  }

  public static @Nullable ServerSignatureScheme of(SignatureAndHashAlgorithm offered) {
    return BY_VALUE.get(SignatureScheme.from(offered));
  }

  /** As key managers call it. */
  public String keyType() {
    return keyType;
  }

  public SignatureAndHashAlgorithm signatureAndHash() {
    return SignatureScheme.getSignatureAndHashAlgorithm(value);
  }

  /** Whether a CertificateVerify or ServerKeyExchange of this version may have it. */
  public boolean isForHandshake(boolean tls13) {
    return !tls13 || !isPkcs1();
  }

  /** Whether a cipher suite of TLS 1.2 takes it that asks for this kind of signature; -1: any. */
  public boolean goesWith(short signature) {
    return switch (signature) {
      case SignatureAlgorithm.rsa -> keyType.startsWith("RSA");
      case SignatureAlgorithm.ecdsa -> keyType.startsWith("E");
      default -> true;
    };
  }

  private boolean isPkcs1() {
    return algorithm.endsWith("withRSA");
  }

  /**
   * Whether this key signs so: key managers may have answered with one of another kind. In TLS 1.2
   * any of the curves goes with any hash (RFC 5246, RFC 8422).
   */
  public boolean fits(PrivateKey key, PublicKey certified, boolean tls13) {
    if (certified instanceof RSAKey rsa) {
      return keyType.equals(certified.getAlgorithm())
          && rsa.getModulus().bitLength() >= MIN_RSA_BITS
          && key.getAlgorithm().startsWith("RSA");
    }
    if (certified instanceof ECKey ec) {
      ServerCurve curve = ServerCurve.of(ec.getParams());
      return keyType.equals("EC") && curve != null && (!tls13 || curve.bits() == size);
    }
    return keyType.equals("EdDSA") && name().equalsIgnoreCase(curveOf(certified));
  }

  private static String curveOf(PublicKey certified) {
    return certified instanceof java.security.interfaces.EdECKey edwards
        ? edwards.getParams().getName()
        : certified.getAlgorithm();
  }

  /** For handshake messages of this version, or for the signatures in certificates. */
  @SuppressWarnings("JdkObsolete") // Bouncy Castle takes a Vector
  public static Vector<SignatureAndHashAlgorithm> accepted(boolean tls13, boolean inCertificates) {
    Vector<SignatureAndHashAlgorithm> accepted = new Vector<>();
    for (ServerSignatureScheme scheme : ADMITTED) {
      if (inCertificates || scheme.isForHandshake(tls13)) {
        accepted.add(scheme.signatureAndHash());
      }
    }
    return accepted;
  }

  /** JSSE's names of ours. */
  public static String[] names() {
    return NAMES.clone();
  }

  /** JSSE's names of those which a client offers and which are known here. */
  public static String[] names(@Nullable List<?> offered) {
    List<ServerSignatureScheme> known = new ArrayList<>();
    for (Object each : offered == null ? List.of() : offered) {
      ServerSignatureScheme scheme = of((SignatureAndHashAlgorithm) each);
      if (scheme != null) {
        known.add(scheme);
      }
    }
    return algorithms(known);
  }

  private static String[] algorithms(List<ServerSignatureScheme> schemes) {
    Set<String> names = new LinkedHashSet<>();
    schemes.forEach(scheme -> names.add(scheme.algorithm));
    return names.toArray(String[]::new);
  }
}
