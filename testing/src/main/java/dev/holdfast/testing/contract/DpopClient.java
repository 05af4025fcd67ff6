package dev.holdfast.testing.contract;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.DpopProof;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** A client with a DPoP key and an access token, who calls without a certificate. */
record DpopClient(Api api, DpopKey key, String token) {

  /** With a JWT that is bound to the client's key. */
  static DpopClient of(ContractFixture fixture, Api api) {
    DpopKey key = DpopKey.create();
    return new DpopClient(api, key, fixture.issuer().jwt(fixture.dpopClaims(key)));
  }

  /** The same client with another token. */
  DpopClient holding(String other) {
    return new DpopClient(api, key, other);
  }

  /** Somebody with a key of their own who has got hold of the token. */
  DpopClient thief() {
    return new DpopClient(api, DpopKey.create(), token);
  }

  /** A proof for {@code GET} of this path, to be changed before it is signed. */
  DpopProof proof(String path) {
    return proofOf(api.base() + path);
  }

  /** The same for {@code GET} of this URI. */
  DpopProof proofOf(String uri) {
    return key.proof("GET", uri, token);
  }

  HttpResponse<String> get(String path, String... proofs) {
    return get(api.anonymous(), path, proofs);
  }

  /** Over another's connection. */
  HttpResponse<String> get(Caller caller, String path, String... proofs) {
    List<String> headers = new ArrayList<>();
    for (String proof : proofs) {
      headers.addAll(List.of("DPoP", proof));
    }
    return get(caller, path, headers);
  }

  /** With these headers, names and values in turn, beside the token. */
  HttpResponse<String> get(Caller caller, String path, List<String> headers) {
    List<String> all = new ArrayList<>(List.of("Authorization", "DPoP " + token));
    all.addAll(headers);
    return caller.send("GET", path, all.toArray(String[]::new));
  }

  /** It is served, for its key. */
  void assertServed(String path, String... proofs) {
    Answers.assertDpopBound(get(path, proofs), key.thumbprint());
  }

  /** The proofs are refused, or that there is none. */
  void assertProofRefused(String path, String... proofs) {
    Answers.assertInvalidProof(api, () -> get(path, proofs));
  }

  /** The proof may be good, but the token is not for this key. */
  void assertTokenRefused(String path, String... proofs) {
    Answers.assertInvalidDpopToken(api, () -> get(path, proofs));
  }
}
