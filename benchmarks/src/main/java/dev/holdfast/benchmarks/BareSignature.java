package dev.holdfast.benchmarks;

import dev.holdfast.testing.TokenBindingKey;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/** A Token Binding's signature without the message around it, checked by the JDK. */
interface BareSignature {
  /** Before there is one. */
  BareSignature NONE = () -> false;

  /** Whether it holds. */
  boolean check() throws GeneralSecurityException;

  /** A provided binding's, over this keying material. */
  static BareSignature of(TokenBindingKey client, byte[] ekm) {
    PublicKey key = client.publicKey();
    int kind = client.keyParameters();
    byte[] made = client.sign(0, kind, ekm);
    String algorithm =
        kind == TokenBindingKey.ECDSAP256 ? "SHA256withECDSAinP1363Format" : "SHA256withRSA";
    return () -> {
      Signature signature = Signature.getInstance(algorithm);
      signature.initVerify(key);
      signature.update((byte) 0);
      signature.update((byte) kind);
      signature.update(ekm);
      if (!signature.verify(made)) {
        throw new IllegalStateException("a rightful signature does not hold");
      }
      return true;
    };
  }
}
