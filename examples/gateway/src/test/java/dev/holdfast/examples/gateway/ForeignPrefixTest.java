package dev.holdfast.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gateway looks for routes with a prefix that stands in a header alone: a client must not reach
 * by it what a rule, or the chain, keeps from the path that it called.
 */
@Tag("verify")
class ForeignPrefixTest {
  private static final String PREFIX = "X-Forwarded-Prefix";

  @TempDir Path folder;
  private World world;
  private Recorder service;
  private String token;

  @BeforeEach
  void start() {
    world = new World(folder);
    service = world.keep(new Recorder());
    token = world.issuer.jwt(world.issuer.claims(null));
  }

  @AfterEach
  void stop() throws Exception {
    world.close();
  }

  /** Below {@code /pay} a scope is needed that the token does not have. */
  private RunningGateway gateway(String... more) {
    return world.keep(
        new RunningGateway(
            world,
            service.uri(),
            Stream.concat(
                    Stream.of(
                        "--holdfast.policy=when-bound",
                        "--holdfast.rules[0].paths=/pay/**",
                        "--holdfast.rules[0].scopes=pay:write"),
                    Stream.of(more))
                .toArray(String[]::new)));
  }

  private int get(RunningGateway gateway, String path, String prefix)
      throws IOException, InterruptedException {
    return gateway
        .call("GET", path, null, "Authorization", "Bearer " + token, PREFIX, prefix)
        .statusCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--server.forward-headers-strategy=native",
        "--server.forward-headers-strategy=framework",
        "--spring.main.cloud-platform=kubernetes"
      })
  void aStrangersPrefixLeadsNowhere(String forwarding) throws Exception {
    RunningGateway gateway = gateway(forwarding);
    assertThat(gateway.call("GET", "/pay/x", null, "Authorization", "Bearer " + token).statusCode())
        .isEqualTo(403);
    assertThat(get(gateway, "/x", "/pay")).isEqualTo(200);
    assertThat(service.path()).isEqualTo("/x");
    assertThat(gateway.call("GET", "/public/x", null, PREFIX, "/pay").statusCode()).isEqualTo(200);
    assertThat(service.path()).isEqualTo("/public/x");
    assertThat(get(gateway, "/x%41", "/pay,/pay")).isEqualTo(200);
    assertThat(service.path()).isEqualTo("/x%41");
  }

  /** Spring reads scheme, host and path as one URL, and a host that has a path chooses it. */
  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Host, evil.example/pay",
    "X-Forwarded-Host, evil.example/pay/x?",
    "X-Forwarded-Host, evil.example/pay/x#",
    "Forwarded, 'host=\"evil.example/pay/x?\"'",
    "Forwarded, host=evil.example/pay/x?a",
    "Forwarded, 'proto=\"http://evil.example/pay/x?\"'"
  })
  void aForwardedHostChoosesNoPath(String field, String value) throws Exception {
    String strategy = "--server.forward-headers-strategy=framework";
    for (String[] more :
        new String[][] {
          {strategy},
          {
            strategy,
            "--holdfast.proxies.trusted=127.0.0.1/32",
            "--holdfast.proxies.forwarding=x-forwarded"
          }
        }) {
      RunningGateway gateway = gateway(more);
      int arrived = service.arrived();
      assertThat(gateway.call("GET", "/public/x", null, field, value).statusCode()).isEqualTo(400);
      assertThat(
              gateway
                  .call("GET", "/x", null, "Authorization", "Bearer " + token, field, value)
                  .statusCode())
          .isEqualTo(400);
      assertThat(service.arrived()).isEqualTo(arrived);
      assertThat(gateway.call("GET", "/public/x", null, "Forwarded", "host=a.example").statusCode())
          .isEqualTo(200);
      assertThat(service.path()).isEqualTo("/public/x");
    }
  }

  /** Rules and chain compare below the base path, also where a prefix has taken its place. */
  @ParameterizedTest
  @ValueSource(strings = {"native", "framework"})
  void theBasePathStays(String strategy) throws Exception {
    RunningGateway gateway =
        gateway("--server.forward-headers-strategy=" + strategy, "--spring.webflux.base-path=/app");
    assertThat(get(gateway, "/app/pay/x", "/evil")).isEqualTo(403);
    assertThat(get(gateway, "/app/x", "/evil")).isEqualTo(200);
    assertThat(service.path()).isEqualTo("/app/x");
    assertThat(gateway.call("GET", "/app/me", null, PREFIX, "/evil").statusCode()).isEqualTo(401);
    assertThat(gateway.call("GET", "/app/public/x", null, PREFIX, "/evil").statusCode())
        .isEqualTo(200);
  }

  /** Its whole path and the path without it: the rules of both hold. */
  @Test
  void aTrustedProxysPrefixCountsForTheRulesToo() throws Exception {
    RunningGateway gateway =
        gateway(
            "--server.forward-headers-strategy=framework",
            "--holdfast.proxies.trusted=127.0.0.1/32",
            "--holdfast.proxies.forwarding=x-forwarded");
    assertThat(get(gateway, "/x", "/v1")).isEqualTo(200);
    assertThat(service.path()).isEqualTo("/v1/x");
    assertThat(get(gateway, "/x", "/pay")).isEqualTo(403);
    assertThat(get(gateway, "/pay/x", "/v1")).isEqualTo(403);
  }
}
