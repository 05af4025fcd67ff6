package dev.holdfast.measuring;

import dev.holdfast.PlainRequest;
import dev.holdfast.testing.DpopKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A request with a token and the proof that goes with it, made by hand. */
record HeldRequest(String authorization, List<String> proofs, X509Certificate clientCertificate)
    implements PlainRequest {
  private static final String TARGET = "https://api.example/payments";

  static HeldRequest proven(String token, DpopKey key) {
    return new HeldRequest("DPoP " + token, List.of(key.proof("GET", TARGET, token).sign()), null);
  }

  static HeldRequest over(String token, X509Certificate certificate) {
    return new HeldRequest("Bearer " + token, List.of(), certificate);
  }

  @Override
  public String targetUri() {
    return TARGET;
  }

  @Override
  public List<String> headers(String name) {
    if (name.equalsIgnoreCase("DPoP")) {
      return proofs;
    }
    return name.equalsIgnoreCase("Authorization") ? List.of(authorization) : List.of();
  }
}
