package dev.holdfast.dpop;

import dev.holdfast.RequestEvidence;
import java.security.cert.X509Certificate;
import java.util.List;

/** A request with proofs, made by hand. */
record ProofRequest(String httpMethod, String targetUri, List<String> proofs)
    implements RequestEvidence {

  static ProofRequest with(String... proofs) {
    return new ProofRequest("POST", ProofSpecimen.TARGET, List.of(proofs));
  }

  ProofRequest method(String method) {
    return new ProofRequest(method, targetUri, proofs);
  }

  ProofRequest target(String uri) {
    return new ProofRequest(httpMethod, uri, proofs);
  }

  @Override
  public String path() {
    return "/payments";
  }

  @Override
  public String rawPath() {
    return "/payments";
  }

  @Override
  public String query() {
    return null;
  }

  @Override
  public List<String> headers(String name) {
    return name.equalsIgnoreCase("DPoP") ? proofs : List.of();
  }

  @Override
  public X509Certificate clientCertificate() {
    return null;
  }
}
