package dev.holdfast.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/** A gateway with a base path, and forwarded headers that make no path or another one. */
@Tag("verify")
class ForwardedTargetTest {
  private static final String PREFIX = "X-Forwarded-Prefix: ";
  private static final String FRAMEWORK = "--server.forward-headers-strategy=framework";
  private static final String X_FORWARDED = "--holdfast.proxies.forwarding=x-forwarded";

  private static World world;
  private static Recorder service;
  private static String token;

  @BeforeAll
  static void start(@TempDir Path folder) {
    world = new World(folder);
    service = world.keep(new Recorder());
    token = "Authorization: Bearer " + world.issuer.jwt(world.issuer.claims(null));
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  /** Below {@code /pay} a scope is needed that the token does not have. */
  private static RunningGateway gateway(String... more) {
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

  /** As it is written here: Java's client knows better. */
  private static int get(RunningGateway gateway, String path, String... fields) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            world.pki.sslContext().getSocketFactory().createSocket("localhost", gateway.port())) {
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + String.join("\r\n", fields)
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).as(path + String.join(", ", fields)).startsWith("HTTP/1.1 ");
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  /** An application's own, without a setting. */
  @Configuration(proxyBeanMethods = false)
  static class OwnTransformer {
    @Bean
    ForwardedHeaderTransformer forwardedHeaderTransformer() {
      return new ForwardedHeaderTransformer();
    }
  }

  /** Reactor Netty puts a prefix in front of anything. */
  @Test
  void aTargetWithoutAPathGetsNoneFromAStranger() throws Exception {
    RunningGateway gateway = gateway("--server.forward-headers-strategy=native");
    for (String[] called :
        new String[][] {
          {"x", "/pay"},
          {"x?q", "/pay"},
          {"*", "/pay"},
          {"http://x", "/pay/x"},
          {"http://x?q", "/pay/x"},
          {"http://x/y", "/pay"},
          {"x:y/z", "/pay"},
          {"evil@x/y", "/pay"},
          {"public/x", "/pay"}
        }) {
      int before = service.arrived();
      assertThat(get(gateway, called[0], token, PREFIX + called[1])).as(called[0]).isEqualTo(400);
      assertThat(get(gateway, called[0], PREFIX + called[1])).as(called[0]).isEqualTo(400);
      assertThat(service.arrived()).isEqualTo(before);
    }
    assertThat(get(gateway, "http://localhost/public/x")).isEqualTo(200);
    assertThat(get(gateway, "/public/x", PREFIX + "/pay")).isEqualTo(200);
    assertThat(service.path()).isEqualTo("/public/x");
  }

  private static void assertBasePathStays(RunningGateway gateway, String base) throws IOException {
    for (String prefix : new String[] {"/", "", "//", ",", "/evil", "/app"}) {
      String field = PREFIX + prefix;
      assertThat(get(gateway, base + "/pay/x", token, field)).as(field).isEqualTo(403);
      assertThat(get(gateway, base + "/x", field)).as(field).isEqualTo(401);
      assertThat(get(gateway, base + "/public/x", field)).as(field).isEqualTo(200);
      assertThat(service.path()).isEqualTo(base + "/public/x");
    }
  }

  @Test
  void anEmptyPrefixLeavesTheBasePathWhereItIs() throws Exception {
    RunningGateway framework = gateway(FRAMEWORK, "--spring.webflux.base-path=/app");
    assertBasePathStays(framework, "/app");
    assertRefusesWhatIsNoTarget(framework, "/app");
    assertBasePathStays(
        gateway(
            "--spring.main.sources=" + OwnTransformer.class.getName(),
            "--spring.webflux.base-path=/app/v1",
            "--holdfast.proxies.trusted=10.0.0.0/8",
            X_FORWARDED),
        "/app/v1");
  }

  /** The gateway finds no route for what is not below the base path. */
  @ParameterizedTest
  @ValueSource(strings = {"native", "framework"})
  void aTrustedProxysPrefixLeavesTheBasePathWhereItIs(String strategy) throws Exception {
    RunningGateway gateway =
        gateway(
            "--server.forward-headers-strategy=" + strategy,
            "--spring.webflux.base-path=/app",
            "--holdfast.proxies.trusted=127.0.0.1/32",
            X_FORWARDED);
    for (String prefix : new String[] {"", ",", "/evil", "/app"}) {
      String field = PREFIX + prefix;
      assertThat(get(gateway, "/app/pay/x", token, field)).as(field).isEqualTo(403);
      assertThat(get(gateway, "/app/public/x", field))
          .as(field)
          .isEqualTo(prefix.equals("/evil") ? 404 : 200);
    }
    assertThat(service.path()).isEqualTo("/app/app/public/x");
    assertThat(get(gateway, "/app/public/x", PREFIX + "/pay/x?")).isEqualTo(400);
    assertRefusesWhatIsNoTarget(gateway, "/app");
  }

  /** What is malformed must not let a stranger fill the log. */
  private static void assertRefusesWhatIsNoTarget(RunningGateway gateway, String base)
      throws IOException {
    int arrived = service.arrived();
    for (String field :
        List.of(
            "X-Forwarded-Host: evil/pay/x?",
            "X-Forwarded-Host: evil/app/pay/x?",
            "X-Forwarded-Host: [::1",
            "Forwarded: host=\"evil/pay/x?\"",
            "Forwarded: proto=\"evil:80/pay/x?\"",
            "Forwarded: proto=\"mailto:a\"")) {
      int status = get(gateway, base + "/public/x", field);
      boolean isRead = service.arrived() != arrived;
      assertThat(status).as(field).isEqualTo(isRead ? 200 : 400);
      if (isRead) {
        assertThat(service.path()).as(field).isEqualTo(base + "/public/x");
        arrived = service.arrived();
      }
    }
  }

  @Test
  void aTargetThatCannotBeReadIsRefused() throws Exception {
    RunningGateway framework = gateway(FRAMEWORK);
    int arrived = service.arrived();
    for (String field :
        List.of(
            "X-Forwarded-Proto: evil:80/pay/x?",
            "X-Forwarded-Proto: mailto:a@b",
            "X-Forwarded-Host: a@b",
            "Forwarded: host=\"a@b\"",
            "Forwarded: host=a;proto=\"evil:80/pay/x?\"")) {
      assertThat(get(framework, "/public/x", field)).as(field).isEqualTo(400);
    }
    assertThat(service.arrived()).isEqualTo(arrived);
    assertThat(get(framework, "/public/x", "X-Forwarded-Host: api_1.example:8443")).isEqualTo(200);
    // Spring writes one slash for two where it reads forwarded headers
    get(framework, "//public/x", PREFIX + "/pay");
    assertThat(service.path()).isEqualTo("/public/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/app"})
  void aPrefixThatNettyCannotPutInFrontIsRefused(String base) throws Exception {
    RunningGateway gateway =
        gateway("--server.forward-headers-strategy=native", "--spring.webflux.base-path=" + base);
    int arrived = service.arrived();
    for (String prefix : new String[] {"/pay/x?", "/pay/x#", "/pay?a=b"}) {
      assertThat(get(gateway, base + "/public/x", PREFIX + prefix)).as(prefix).isEqualTo(400);
    }
    assertThat(service.arrived()).isEqualTo(arrived);
    assertThat(get(gateway, base + "/public/x", PREFIX + "/v1")).isEqualTo(200);
  }

  /** It stands behind the chains. */
  @Configuration(proxyBeanMethods = false)
  static class LateFilter {
    @Bean
    WebFilter late() {
      ForwardedHeaderTransformer forwarding = new ForwardedHeaderTransformer();
      return (exchange, chain) -> {
        ServerHttpRequest made = forwarding.apply(exchange.getRequest());
        ServerHttpRequest request =
            made.getPath().value().equals("/rewritten")
                ? made.mutate().path("/written").build()
                : made;
        return chain.filter(exchange.mutate().request(request).build());
      };
    }
  }

  @Test
  void wherePathsChangeBehindTheDecisionNothingIsServed() throws Exception {
    RunningGateway gateway = gateway("--spring.main.sources=" + LateFilter.class.getName());
    int arrived = service.arrived();
    for (String field :
        List.of(PREFIX + "/pay", "X-Forwarded-Host: e/pay/x?", "Forwarded: host=\"e/pay/x?\"")) {
      assertThat(get(gateway, "/public/x", field)).as(field).isEqualTo(400);
    }
    assertThat(service.arrived()).isEqualTo(arrived);
    assertThat(get(gateway, "/public/x", "X-Forwarded-Host: api.example")).isEqualTo(200);
    assertThat(get(gateway, "/rewritten", token)).isEqualTo(200);
    assertThat(service.path()).isEqualTo("/written");
  }
}
