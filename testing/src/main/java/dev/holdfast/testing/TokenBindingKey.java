package dev.holdfast.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A client's Token Binding key: it makes the {@code Sec-Token-Binding} field for a connection whose
 * keying material is known (RFC 8471 section 4.1, RFC 8473 section 2). It shares no code with what
 * it tests.
 *
 * <pre>{@code
 * TokenBindingKey key = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
 * request.header("Sec-Token-Binding", key.header(ekm)); // provided
 * request.header("Sec-Token-Binding", key.header(ekm, keyForTheApi)); // provided and referred
 * String tbh = key.tbh(); // what cnf.tbh of a token says that is bound to it
 * }</pre>
 */
public final class TokenBindingKey {
  /** RSA with 2048 bits, PKCS #1 v1.5, SHA-256. */
  public static final int RSA2048_PKCS1_5 = 0;

  /** RSA with 2048 bits, PSS, SHA-256, a salt of 32 bytes. */
  public static final int RSA2048_PSS = 1;

  /** ECDSA on P-256 with SHA-256. */
  public static final int ECDSAP256 = 2;

  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private final int keyParameters;
  private final KeyPair pair;

  private TokenBindingKey(int keyParameters, KeyPair pair) {
    this.keyParameters = keyParameters;
    this.pair = pair;
  }

  /**
   * A new key.
   *
   * @param keyParameters 0, 1 or 2: one of this class's constants
   */
  public static TokenBindingKey generate(int keyParameters) {
    boolean elliptic = keyParameters == ECDSAP256;
    AlgorithmParameterSpec parameters =
        elliptic
            ? new ECGenParameterSpec("secp256r1")
            : new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(elliptic ? "EC" : "RSA");
      generator.initialize(parameters);
      return of(keyParameters, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key generator", e);
    }
  }

  /** A key that is already there, of whatever size. */
  public static TokenBindingKey of(int keyParameters, KeyPair pair) {
    if (keyParameters < RSA2048_PKCS1_5 || keyParameters > ECDSAP256) {
      throw new IllegalArgumentException("key parameters are 0, 1 or 2");
    }
    return new TokenBindingKey(keyParameters, pair);
  }

  /** The TokenBindingKeyParameters value: 0, 1 or 2. */
  public int keyParameters() {
    return keyParameters;
  }

  /** The public key. */
  public PublicKey publicKey() {
    return pair.getPublic();
  }

  /** The TokenBindingID. */
  public byte[] id() {
    return TokenBindingSpecimen.idOf(keyParameters, encodedKey());
  }

  /** The TokenBindingID in base64url: the value of {@code Sec-Provided-Token-Binding-ID}. */
  public String encodedId() {
    return base64Url(id());
  }

  /** The base64url of the SHA-256 of the TokenBindingID: the member {@code tbh} of {@code cnf}. */
  public String tbh() {
    try {
      return base64Url(MessageDigest.getInstance("SHA-256").digest(id()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The field of a request on a connection with this keying material: provided alone. */
  public String header(byte[] ekm) {
    return header(ekm, null);
  }

  /**
   * The field of a request on a connection with this keying material.
   *
   * @param referred the key that is used with another server, or null for none
   */
  public String header(byte[] ekm, @Nullable TokenBindingKey referred) {
    TokenBindingSpecimen provided = binding(TokenBindingSpecimen.PROVIDED, ekm);
    return base64Url(
        referred == null
            ? TokenBindingSpecimen.message(provided)
            : TokenBindingSpecimen.message(
                provided, referred.binding(TokenBindingSpecimen.REFERRED, ekm)));
  }

  /**
   * A binding of this key.
   *
   * @param type 0 is provided, 1 referred, everything else unknown
   * @param ekm the connection's 32 bytes of keying material
   */
  public TokenBindingSpecimen binding(int type, byte[] ekm) {
    return new TokenBindingSpecimen(
        type, keyParameters, encodedKey(), sign(type, keyParameters, ekm), new byte[0]);
  }

  /** Signs type, key parameters and keying material, with this key's algorithm. */
  public byte[] sign(int type, int signedKeyParameters, byte[] ekm) {
    try {
      Signature signature = Signature.getInstance(algorithm());
      if (keyParameters == RSA2048_PSS) {
        signature.setParameter(PSS);
      }
      signature.initSign(pair.getPrivate());
      signature.update((byte) type);
      signature.update((byte) signedKeyParameters);
      signature.update(ekm);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  private String algorithm() {
    return switch (keyParameters) {
      case RSA2048_PKCS1_5 -> "SHA256withRSA";
      case RSA2048_PSS -> "RSASSA-PSS";
      default -> "SHA256withECDSAinP1363Format";
    };
  }

  private byte[] encodedKey() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (pair.getPublic() instanceof ECPublicKey point) {
      out.write(64);
      out.writeBytes(fixed(point.getW().getAffineX(), 32));
      out.writeBytes(fixed(point.getW().getAffineY(), 32));
    } else {
      RSAPublicKey rsa = (RSAPublicKey) pair.getPublic();
      byte[] modulus = fixed(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8);
      out.write(modulus.length >>> 8);
      out.write(modulus.length);
      out.writeBytes(modulus);
      byte[] exponent =
          fixed(rsa.getPublicExponent(), (rsa.getPublicExponent().bitLength() + 7) / 8);
      out.write(exponent.length);
      out.writeBytes(exponent);
    }
    return out.toByteArray();
  }

  private static byte[] fixed(BigInteger value, int length) {
    byte[] signed = value.toByteArray();
    byte[] fixed = new byte[length];
    int used = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - used, fixed, length - used, used);
    return fixed;
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The key's {@code tbh}; never the private key. */
  @Override
  public String toString() {
    return "TokenBindingKey[" + tbh() + "]";
  }
}
