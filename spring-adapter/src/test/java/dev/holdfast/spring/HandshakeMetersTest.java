package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.spring.boot.meters.HandshakeMeters;
import dev.holdfast.spring.boot.meters.MeterConfiguration;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.tls.engine.TlsHandshakes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** The connector's handshakes as meters. */
@Tag("verify")
class HandshakeMetersTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void handshakesAreMeters_C62() throws Exception {
    try (BoundTokenApi api = BoundTokenApi.issuing(PKI, folder);
        ConfigurableApplicationContext app = api.start(api.settings("tomcat"))) {
      MeterRegistry meters = new SimpleMeterRegistry();
      app.getBean(HandshakeMeters.class).bindTo(meters);
      System.gc(); // a registry holds what it is given weakly
      double negotiated = handshakes(meters, "TLSv1.3", "negotiated");
      double without = handshakes(meters, "TLSv1.2", "none");
      double failures = failuresByClient(meters);

      try (TokenBindingConnection bound =
              api.client("TLSv1.3").offering(2).connect("localhost", Boot.port(app));
          TokenBindingConnection plain =
              api.client("TLSv1.2").connect("localhost", Boot.port(app))) {
        assertThat(bound.negotiated()).isNotNull();
        assertThat(plain.negotiated()).isNull();
        assertThat(handshakes(meters, "TLSv1.3", "negotiated")).isEqualTo(negotiated + 1);
        assertThat(handshakes(meters, "TLSv1.2", "none")).isEqualTo(without + 1);
      }
      assertThat(meters.get("holdfast.tls.resumptions").functionCounter().count())
          .isEqualTo((double) TlsHandshakes.statistics().resumed());
      TokenBindingClient distrusting =
          TokenBindingClient.trusting(ThrowAwayPki.create().certificate());
      assertThatThrownBy(() -> distrusting.connect("localhost", Boot.port(app)).close())
          .isInstanceOf(UncheckedIOException.class);
      assertThat(Await.within(PATIENCE, () -> failuresByClient(meters) == failures + 1)).isTrue();
      assertThat(meters.getMeters()).hasSize(5 + 2 * TlsHandshakes.causes().size());
      assertThat(meters.getMeters())
          .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());
    }
  }

  @Test
  void whereTheConnectorIsAbsentThereAreNone_C62() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(MeterConfiguration.HandshakeMeterConfiguration.class))
        .withPropertyValues("holdfast.token-binding.source=tls")
        .withClassLoader(new FilteredClassLoader("dev.holdfast.tls"))
        .run(context -> assertThat(context).doesNotHaveBean("holdfastHandshakeMeters"));
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(MeterConfiguration.HandshakeMeterConfiguration.class))
        .run(context -> assertThat(context).doesNotHaveBean("holdfastHandshakeMeters"));
  }

  private static double handshakes(MeterRegistry meters, String version, String tokenBinding) {
    return meters
        .get("holdfast.tls.handshakes")
        .tag("version", version)
        .tag("token.binding", tokenBinding)
        .functionCounter()
        .count();
  }

  private static double failuresByClient(MeterRegistry meters) {
    return meters.get("holdfast.tls.failures").tag("by", "client").functionCounters().stream()
        .mapToDouble(FunctionCounter::count)
        .sum();
  }
}
