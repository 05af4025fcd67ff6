package dev.holdfast.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.examples.service.Service;
import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.TokenBindingKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway that changes paths, behind a proxy that speaks Token Binding: the client of these
 * tests.
 */
@Tag("verify")
class ChangedPathsTest {
  private static final String ID = "Sec-Provided-Token-Binding-ID";
  private static final String ROUTES = "--spring.cloud.gateway.server.webflux.routes";

  private static World world;
  private static Service service;
  private static Service rewritten;
  private static RunningGateway gateway;
  private static RunningGateway prefixed;

  @BeforeAll
  static void start(@TempDir Path folder) {
    world = new World(folder);
    service =
        world.keep(
            new Service(
                world.issuers(),
                Service.EXTERNAL + "/v1",
                "--holdfast.token-binding.source=header"));
    rewritten =
        world.keep(
            new Service(
                world.issuers(),
                Service.EXTERNAL,
                "--holdfast.proxies.original-uri-header=X-Original-URI"));
    gateway =
        world.keep(
            new RunningGateway(
                world,
                service.uri(),
                "--holdfast.token-binding.source=header",
                "--holdfast.proxies.trusted=127.0.0.1/32",
                "--holdfast.proxies.external-uri=" + Service.EXTERNAL,
                ROUTES + "[0].id=stripped",
                ROUTES + "[0].uri=" + service.uri(),
                ROUTES + "[0].predicates[0]=Path=/v1/**",
                ROUTES + "[0].filters[0]=StripPrefix=1",
                ROUTES + "[1].id=rewritten",
                ROUTES + "[1].uri=" + rewritten.uri(),
                ROUTES + "[1].predicates[0]=Path=/old/**",
                ROUTES + "[1].filters[0]=RewritePath=/old/(?<rest>.*),/$\\{rest}"));
    prefixed =
        world.keep(
            new RunningGateway(
                world,
                rewritten.uri(),
                "--server.forward-headers-strategy=framework",
                "--holdfast.proxies.trusted=127.0.0.1/32",
                "--holdfast.proxies.forwarding=x-forwarded",
                ROUTES + "[0].id=stripped",
                ROUTES + "[0].uri=" + rewritten.uri(),
                ROUTES + "[0].predicates[0]=Path=/v1/**",
                ROUTES + "[0].filters[0]=StripPrefix=1"));
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  @Test
  void aProofNamesThePathWithThePrefix() throws Exception {
    DpopKey key = DpopKey.create();
    String token = world.boundToken(key);
    String proof = key.proof("GET", Service.EXTERNAL + "/v1/me", token).sign();
    HttpResponse<String> me = gateway.get("/v1/me", token, proof);
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.body()).isEqualTo("dpop " + key.thumbprint());
    String without = key.proof("GET", Service.EXTERNAL + "/me", token).sign();
    service.assertUntouched(() -> gateway.get("/v1/me", token, without).statusCode());
  }

  @Test
  void aProofNamesThePathBeforeItWasRewritten() throws Exception {
    DpopKey key = DpopKey.create();
    String token = world.boundToken(key);
    for (String path : new String[] {"/old/me", "/old/accounts/a%40b"}) {
      String proof = key.proof("GET", Service.EXTERNAL + path, token).sign();
      assertThat(gateway.get(path, token, proof).statusCode()).as(path).isEqualTo(200);
    }
    String after = key.proof("GET", Service.EXTERNAL + "/me", token).sign();
    rewritten.assertUntouched(() -> gateway.get("/old/me", token, after).statusCode());
  }

  /** The proxy in front has removed {@code /v1}. */
  @Test
  void aProofNamesThePathBeforeAProxyHasRemovedItsPrefix() throws Exception {
    DpopKey key = DpopKey.create();
    String token = world.boundToken(key);
    String proof = key.proof("GET", Service.EXTERNAL + "/v1/me", token).sign();
    HttpResponse<String> me =
        prefixed.call(
            "GET",
            "/me",
            null,
            "Authorization",
            "DPoP " + token,
            "DPoP",
            proof,
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "api.example",
            "X-Forwarded-Prefix",
            "/v1");
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.body()).isEqualTo("dpop " + key.thumbprint());
  }

  @Test
  void aTokenBindingOfTheProxyInFrontIsBelievedByBoth() throws Exception {
    TokenBindingKey key = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
    TokenBindingKey other = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
    Map<String, Object> claims = world.issuer.claims(null);
    claims.put("cnf", Map.of("tbh", key.tbh()));
    String bearer = "Bearer " + world.issuer.jwt(claims);
    HttpResponse<String> me =
        gateway.call("GET", "/v1/me", null, "Authorization", bearer, ID, key.encodedId());
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.body()).isEqualTo("token-binding " + key.tbh());
    service.assertUntouched(
        () ->
            gateway
                .call("GET", "/v1/me", null, "Authorization", bearer, ID, other.encodedId())
                .statusCode());
  }
}
