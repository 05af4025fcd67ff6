package dev.holdfast.httpsignature;

import dev.holdfast.PlainRequest;
import dev.holdfast.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A client with a key of its own, and the requests that it makes. */
record Signer(KeyPair pair) {

  static Signer fresh() {
    try {
      return new Signer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String x() {
    byte[] encoded = pair.getPublic().getEncoded();
    return Base64Url.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  /** The key as {@code cnf} names it. */
  Map<String, Object> jwk() {
    return Map.of("kty", "OKP", "crv", "Ed25519", "x", x());
  }

  /** {@code GET /payments} without a signature. */
  Request unsigned(String authorization) {
    return new Request(Map.of("authorization", authorization), null);
  }

  /** The same, signed now. */
  Request signed(String authorization, Instant now) {
    String parameters = HttpSignatures.parameters(now.getEpochSecond(), x());
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(
          HttpSignatures.base(unsigned(authorization), parameters)
              .getBytes(StandardCharsets.UTF_8));
      Map<String, String> fields = new HashMap<>();
      fields.put("authorization", authorization);
      fields.put("signature-input", "sig=" + parameters);
      fields.put("signature", "sig=:" + Base64.getEncoder().encodeToString(signature.sign()) + ':');
      return new Request(fields, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A request by hand; what its fields say is also what goes over a wire. */
  record Request(Map<String, String> fields, X509Certificate clientCertificate)
      implements PlainRequest {

    Request certificate(X509Certificate leaf) {
      return new Request(fields, leaf);
    }

    @Override
    public List<String> headers(String name) {
      String value = fields.get(name.toLowerCase(Locale.ROOT));
      return value == null ? List.of() : List.of(value);
    }
  }
}
