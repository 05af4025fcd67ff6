package dev.holdfast.examples.springboot3api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DPoP with nonces of the API (RFC 9449 section 9): one setting, {@code dpop.nonce=always}. */
@Tag("verify")
class NonceTest {
  private static RunningApi api;

  @BeforeAll
  static void start(@TempDir Path folder) {
    api = new RunningApi(folder, "--holdfast.dpop.nonce=always");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void theFirstProofIsAnsweredWithANonceAndTheNextOneCarriesIt() throws Exception {
    DpopKey key = DpopKey.create();
    for (String token : tokensFor(key)) {
      HttpResponse<String> first = me(token, key.proof("GET", api.uri("/me"), token).sign());

      assertThat(first.statusCode()).isEqualTo(401);
      assertThat(first.headers().allValues("WWW-Authenticate"))
          .containsExactly(
              "DPoP error=\"use_dpop_nonce\","
                  + " error_description=\"the DPoP proof needs the nonce given here\","
                  + " algs=\"ES256 ES384 EdDSA Ed25519 PS256 RS256\"",
              "Bearer");
      String nonce = first.headers().firstValue("DPoP-Nonce").orElseThrow();

      String withNonce = key.proof("GET", api.uri("/me"), token).claim("nonce", nonce).sign();
      HttpResponse<String> second = me(token, withNonce);

      assertThat(second.statusCode()).isEqualTo(200);
      assertThat(second.body())
          .contains("\"client\":\"payments-app\"")
          .contains("\"binding\":\"dpop\"")
          .contains("\"thumbprint\":\"" + key.thumbprint() + "\"");
      assertThat(me(token, withNonce).statusCode()).as("the same proof again").isEqualTo(401);
    }
  }

  @Test
  void oneNonceIsGoodForManyProofs() throws Exception {
    DpopKey key = DpopKey.create();
    for (String token : tokensFor(key)) {
      String nonce =
          me(token, key.proof("GET", api.uri("/me"), token).sign())
              .headers()
              .firstValue("DPoP-Nonce")
              .orElseThrow();
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> paid =
            api.call(
                "POST",
                "/payments",
                null,
                "Authorization",
                "DPoP " + token,
                "DPoP",
                key.proof("POST", api.uri("/payments"), token).claim("nonce", nonce).sign());
        assertThat(paid.statusCode()).isEqualTo(201);
      }
    }
  }

  private static String[] tokensFor(DpopKey key) {
    Map<String, Object> claims = api.issuer.claims(null);
    claims.put("cnf", Map.of("jkt", key.thumbprint()));
    return new String[] {api.issuer.jwt(claims), api.issuer.opaque(claims)};
  }

  private static HttpResponse<String> me(String token, String proof) throws Exception {
    return api.call("GET", "/me", null, "Authorization", "DPoP " + token, "DPoP", proof);
  }
}
