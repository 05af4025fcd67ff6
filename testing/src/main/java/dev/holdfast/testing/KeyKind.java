package dev.holdfast.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kind of key that a throw-away certificate certifies. */
public enum KeyKind {
  /** Elliptic curve P-256, signing with ECDSA and SHA-256. */
  EC("EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSA"),

  /** RSA with 2048 bits, signing with PKCS #1 v1.5 and SHA-256. */
  RSA("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4), "SHA256withRSA");

  private final String algorithm;

  @SuppressWarnings("ImmutableEnumChecker") // both kinds of parameters are immutable
  private final AlgorithmParameterSpec parameters;

  private final String signatureAlgorithm;

  KeyKind(String algorithm, AlgorithmParameterSpec parameters, String signatureAlgorithm) {
    this.algorithm = algorithm;
    this.parameters = parameters;
    this.signatureAlgorithm = signatureAlgorithm;
  }

  static KeyKind of(PrivateKey key) {
    return valueOf(key.getAlgorithm());
  }

  KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key generator for " + algorithm, e);
    }
  }

  String signatureAlgorithm() {
    return signatureAlgorithm;
  }
}
