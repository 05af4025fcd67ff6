package dev.holdfast.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

/** A client's DPoP key on P-256, and the proofs that it signs (RFC 9449). */
public final class DpopKey {
  private final ECKey key;

  private DpopKey(ECKey key) {
    this.key = key;
  }

  /** A new key. */
  public static DpopKey create() {
    try {
      return new DpopKey(new ECKeyGenerator(Curve.P_256).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its RFC 7638 thumbprint, base64url: what {@code cnf.jkt} says. */
  public String thumbprint() {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A proof for this request, made now, with an identifier of its own; it can be changed before it
   * is signed.
   *
   * @param uri absolute, without query and fragment
   * @param token the access token that goes with it
   */
  public DpopProof proof(String method, String uri, String token) {
    return new DpopProof(this, method, uri, token);
  }

  ECKey jwk() {
    return key;
  }
}
