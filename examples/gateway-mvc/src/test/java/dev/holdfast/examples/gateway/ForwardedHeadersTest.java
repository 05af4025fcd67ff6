package dev.holdfast.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** A client must not choose the path that a service gets behind the back of chain and rules. */
@Tag("verify")
class ForwardedHeadersTest {
  private static final String FRAMEWORK = "--server.forward-headers-strategy=framework";

  @TempDir Path folder;
  private World world;
  private Recorder service;

  @BeforeEach
  void start() {
    world = new World(folder);
    service = world.keep(new Recorder());
  }

  @AfterEach
  void stop() throws Exception {
    world.close();
  }

  @Test
  void whereEverybodysPrefixWouldCountTheStartStops() {
    assertThatThrownBy(() -> new RunningGateway(world, service.uri(), FRAMEWORK))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("server.forward-headers-strategy: it is framework")
        .hasMessageContaining("Set holdfast.proxies.trusted");
  }

  @Test
  void aStrangersPrefixLeadsNowhere() throws Exception {
    RunningGateway gateway =
        world.keep(
            new RunningGateway(
                world,
                service.uri(),
                FRAMEWORK,
                "--holdfast.proxies.trusted=10.0.0.0/8",
                "--holdfast.proxies.forwarding=x-forwarded"));
    for (String prefix : new String[] {"/pay", "/pay/x?"}) {
      assertThat(gateway.call("GET", "/public/x", null, "X-Forwarded-Prefix", prefix).statusCode())
          .isEqualTo(200);
      assertThat(service.path()).isEqualTo("/public/x");
    }
  }

  /** The gateway takes its service's path from a URL that begins with the forwarded host. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, Forwarded, 'host=\"evil.example/pay/x?\"'",
    "10.0.0.0/8, Forwarded, 'host=\"evil.example/pay/x#\"'",
    "10.0.0.0/8, Forwarded, host=evil.example/pay/x?a",
    "10.0.0.0/8, Forwarded, 'proto=\"http://evil.example/pay/x?\"'",
    "127.0.0.1/32, Forwarded, 'host=\"evil.example/pay/x?\"'",
    "127.0.0.1/32, X-Forwarded-Host, evil.example/pay/x?",
    "127.0.0.1/32, X-Forwarded-Proto, http://evil.example/pay/x?"
  })
  void aForwardedHostChoosesNoPath(String trusted, String field, String value) throws Exception {
    RunningGateway gateway =
        world.keep(
            new RunningGateway(
                world,
                service.uri(),
                FRAMEWORK,
                "--holdfast.proxies.trusted=" + trusted,
                "--holdfast.proxies.forwarding=x-forwarded"));
    assertThat(gateway.call("GET", "/public/x", null, field, value).statusCode()).isEqualTo(400);
    assertThat(service.arrived()).isZero();
    assertThat(gateway.call("GET", "/public/x", null, "Forwarded", "host=a.example").statusCode())
        .isEqualTo(200);
    assertThat(service.path()).isEqualTo("/public/x");
  }

  /** As a filter without an order has it: behind the chains, and behind every look. */
  @Configuration(proxyBeanMethods = false)
  static class LateFilter {
    @Bean
    ForwardedHeaderFilter forwardedHeaders() {
      return new ForwardedHeaderFilter();
    }
  }

  @Test
  void whereTheTargetWouldChangeBehindTheLookTheStartStops() {
    assertThatThrownBy(
            () ->
                new RunningGateway(
                    world,
                    service.uri(),
                    "--spring.main.sources=" + LateFilter.class.getName(),
                    "--holdfast.proxies.trusted=10.0.0.0/8",
                    "--holdfast.proxies.forwarding=x-forwarded"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("the registration of the filter forwardedHeaders")
        .hasMessageContaining("Ordered.HIGHEST_PRECEDENCE");
  }
}
