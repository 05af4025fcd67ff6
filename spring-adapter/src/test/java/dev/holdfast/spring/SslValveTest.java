package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.valves.SSLValve;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Tomcat's valve that takes a certificate from anybody's header. */
@Tag("verify")
class SslValveTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  @TempDir private static Path folder;

  @Test
  void itStopsTheStartWhereCertificatesAreThoseOfTheConnection() {
    try (BoundTokenApi api = BoundTokenApi.issuing(PKI, folder)) {
      Map<String, String> settings = api.settings("tomcat");
      settings.remove("holdfast.token-binding.source");
      start(settings, BoundTokenApi.Application.class).close();
      assertThatThrownBy(() -> start(settings, BoundTokenApi.Application.class, WithTheValve.class))
          .rootCause()
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("SSLValve");

      settings.put("holdfast.certificate.source", "header");
      settings.put("holdfast.certificate.header.format", "nginx");
      settings.put("holdfast.proxies.trusted[0]", "127.0.0.1");
      start(settings, BoundTokenApi.Application.class, WithTheValve.class).close();
    }
  }

  private static ConfigurableApplicationContext start(
      Map<String, String> settings, Class<?>... sources) {
    return Boot.start(PKI, PKI.serverCertificate(), settings, sources);
  }

  static class WithTheValve {
    @Bean
    BootParts.TomcatSetup valve() {
      return new BootParts.TomcatSetup(connector -> {}, new SSLValve());
    }
  }
}
