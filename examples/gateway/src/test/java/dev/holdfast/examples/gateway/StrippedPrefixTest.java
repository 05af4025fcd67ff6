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
 * A gateway that removes a prefix of the path, behind a proxy that speaks Token Binding: the client
 * of these tests.
 */
@Tag("verify")
class StrippedPrefixTest {
  private static final String ID = "Sec-Provided-Token-Binding-ID";
  private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";

  private static World world;
  private static Service service;
  private static RunningGateway gateway;

  @BeforeAll
  static void start(@TempDir Path folder) {
    world = new World(folder);
    service =
        world.keep(
            new Service(
                world.issuers(),
                Service.EXTERNAL + "/v1",
                "--holdfast.token-binding.source=header"));
    gateway =
        world.keep(
            new RunningGateway(
                world,
                service.uri(),
                "--holdfast.token-binding.source=header",
                "--holdfast.proxies.trusted=127.0.0.1/32",
                "--holdfast.proxies.external-uri=" + Service.EXTERNAL,
                ROUTE + "id=v1",
                ROUTE + "uri=" + service.uri(),
                ROUTE + "predicates[0]=Path=/v1/**",
                ROUTE + "filters[0]=StripPrefix=1"));
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
