package dev.holdfast.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** A request with a DPoP proof, and the proof's parts for those who check a signature alone. */
final class DpopSpecimen implements PlainRequest {
  private static final String CORRETTO =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private final String text;
  private final PublicKey key;
  private final byte[] signed;
  private final byte[] signature;
  private final Base64URL thumbprint;

  private DpopSpecimen(
      String text, PublicKey key, byte[] signed, byte[] signature, Base64URL thumbprint) {
    this.text = text;
    this.key = key;
    this.signed = signed;
    this.signature = signature;
    this.thumbprint = thumbprint;
  }

  /** The compact form. */
  String text() {
    return text;
  }

  /** Whether a signature check with a key object that is there holds. */
  boolean holds(Signature check) throws GeneralSecurityException {
    check.initVerify(key);
    check.update(signed);
    return check.verify(signature);
  }

  /** Of the key, RFC 7638. */
  Base64URL thumbprint() {
    return thumbprint;
  }

  /** The provider of that name; null for the JDK's own. */
  static @Nullable Provider provider(String name) {
    try {
      return switch (name) {
        case "BC" -> new BouncyCastleProvider();
        case "ACCP" ->
            Class.forName(CORRETTO).asSubclass(Provider.class).getConstructor().newInstance();
        default -> null;
      };
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException("ACCP is not on the class path", absent);
    }
  }

  /** So many proofs of so many keys in turn, all made now. */
  static DpopSpecimen[] make(int keys, int proofs, Instant now) throws GeneralSecurityException {
    Provider fast = new BouncyCastleProvider();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", fast);
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair[] pairs = new KeyPair[keys];
    for (int i = 0; i < keys; i++) {
      pairs[i] = generator.generateKeyPair();
    }
    PublicKey[] publicKeys = new PublicKey[keys]; // one object for each client
    for (int i = 0; i < keys; i++) {
      publicKeys[i] =
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(pairs[i].getPublic().getEncoded()));
    }
    DpopSpecimen[] made = new DpopSpecimen[proofs];
    for (int i = 0; i < proofs; i++) {
      made[i] = one(pairs[i % keys], publicKeys[i % keys], i, now, fast);
    }
    return made;
  }

  private static DpopSpecimen one(
      KeyPair pair, PublicKey key, int number, Instant now, Provider fast)
      throws GeneralSecurityException {
    ECKey jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).build();
    String header =
        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + jwk.toPublicJWK().toJSONString() + "}";
    String claims =
        "{\"jti\":\"proof-%d\",\"htm\":\"%s\",\"htu\":\"%s\",\"iat\":%d,\"ath\":\"%s\"}"
            .formatted(
                number,
                DpopProofs.METHOD,
                DpopProofs.TARGET,
                now.getEpochSecond(),
                DpopProofs.TOKEN.digest().toBase64Url());
    String content = Base64URL.encode(header).toString() + '.' + Base64URL.encode(claims);
    byte[] signed = content.getBytes(StandardCharsets.US_ASCII);
    Signature signer = Signature.getInstance("SHA256withPLAIN-ECDSA", fast);
    signer.initSign(pair.getPrivate());
    signer.update(signed);
    byte[] signature = signer.sign();
    try {
      return new DpopSpecimen(
          content + '.' + Base64URL.encode(signature),
          key,
          signed,
          signature,
          jwk.computeThumbprint());
    } catch (JOSEException e) {
      throw new GeneralSecurityException(e);
    }
  }

  @Override
  public String httpMethod() {
    return DpopProofs.METHOD;
  }

  @Override
  public String path() {
    return "/accounts/17";
  }

  @Override
  public List<String> headers(String name) {
    return name.equals("DPoP") ? List.of(text) : List.of();
  }

  @Override
  public String targetUri() {
    return DpopProofs.TARGET;
  }
}
