package dev.holdfast.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.issuers.IssuerLimits;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** C67, C81: the settings that bound an issuer. */
class IssuerLimitsTest {
  private static final String ISSUER = "holdfast.tokens.issuers[0].";

  private static HoldfastSettings read(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put(ISSUER + "issuer", "https://as.example");
    settings.put(ISSUER + "audiences", "https://api.example");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(ISSUER + more[i], more[i + 1]);
    }
    return SettingsReader.read(settings);
  }

  @Test
  void theDefaultsAreTheDocumentedOnes_C67_C81() {
    assertThat(read().tokens().issuers().get(0).limits())
        .isEqualTo(new IssuerLimits(50, Duration.ofMinutes(5), Duration.ofMinutes(15)))
        .isEqualTo(IssuerSettings.ofJwt("https://as.example").limits());
  }

  @Test
  void eachOfThemCanBeSet_C67_C81() {
    HoldfastSettings settings =
        read("max-concurrent-calls", "7", "key-max-age", "1m", "key-max-stale", "2m");
    IssuerLimits limits = new IssuerLimits(7, Duration.ofMinutes(1), Duration.ofMinutes(2));
    IssuerSettings issuer = settings.tokens().issuers().get(0);
    assertThat(issuer.limits()).isEqualTo(limits);
    assertThat(issuer.withAudiences("a").withJwkSetUri("https://as.example/k").limits())
        .isEqualTo(limits);
    try (Assembly assembly = Assembly.of(settings, Clock.systemUTC())) {
      assertThat(assembly.hasIssuers()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "max-concurrent-calls, 0",
    "max-concurrent-calls, -1",
    "max-concurrent-calls, 10001",
    "max-concurrent-calls, 4294967346",
    "key-max-age, 999ms",
    "key-max-age, 25h",
    "key-max-age, 16m",
    "key-max-stale, 4m",
    "key-max-stale, 25h"
  })
  void whatBoundsNothingStopsTheStart_C67_C81(String name, String value) {
    assertThatThrownBy(() -> Assembly.of(read(name, value), Clock.systemUTC()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(value.equals("16m") ? "key-max-stale" : name);
  }
}
