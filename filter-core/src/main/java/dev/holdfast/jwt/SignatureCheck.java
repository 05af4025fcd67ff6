package dev.holdfast.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Checks signatures with one key. Thread-safe; made once for each key, not for each token. */
interface SignatureCheck {

  /** Whether the signature, which has the right length, holds. */
  boolean holds(SigningAlgorithm algorithm, CompactJws jws);

  /** By Nimbus: RSA and ECDSA. */
  static SignatureCheck of(JWSVerifier verifier) {
    return (algorithm, jws) -> {
      try {
        return verifier.verify(algorithm.nimbusHeader(), jws.signedBytes(), jws.signature());
      } catch (JOSEException e) {
        return false; // a signature that cannot be computed with does not hold
      }
    };
  }

  /** By the JDK: Ed25519 (RFC 8032), for which Nimbus needs another library. */
  static SignatureCheck ofEd25519(PublicKey key) {
    return (algorithm, jws) -> {
      try {
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(key);
        ed25519.update(jws.signedBytes());
        return ed25519.verify(jws.signature().decode());
      } catch (SignatureException e) {
        return false;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
      }
    };
  }
}
