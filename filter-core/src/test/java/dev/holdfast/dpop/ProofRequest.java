package dev.holdfast.dpop;

import dev.holdfast.PlainRequest;
import java.util.List;

/** A request with proofs, made by hand. */
record ProofRequest(String httpMethod, String targetUri, List<String> proofs)
    implements PlainRequest {

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
  public List<String> headers(String name) {
    return name.equalsIgnoreCase("DPoP") ? proofs : List.of();
  }
}
