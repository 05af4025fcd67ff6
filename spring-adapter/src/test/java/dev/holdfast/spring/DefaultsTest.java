package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.spring.boot.issuers.IssuerTrust;
import dev.holdfast.spring.boot.settings.HoldfastProperties;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What is not written is the same at both edges. */
class DefaultsTest {
  private static final String ISSUER = "holdfast.tokens.issuers[0].";

  private static HoldfastSettings read(Map<String, String> written) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", Map.copyOf(written)));
    return HoldfastProperties.settings(
        HoldfastProperties.of(environment).getWritten(),
        new IssuerTrust(new DefaultListableBeanFactory().getBeanProvider(SslBundles.class)));
  }

  @Test
  void everyDefaultIsThatOfThePlainFilter() {
    Map<String, String> jwt =
        Map.of(ISSUER + "issuer", "https://as.example", ISSUER + "audiences", "https://api");
    Map<String, String> opaque =
        Map.of(
            ISSUER + "introspection.uri", "https://as.example/introspect",
            ISSUER + "introspection.client-id", "api",
            ISSUER + "introspection.client-secret", "secret");
    for (Map<String, String> written : List.of(Map.<String, String>of(), jwt, opaque)) {
      assertThat(read(written)).usingRecursiveComparison().isEqualTo(SettingsReader.read(written));
    }
  }

  @Test
  void everySettingIsAKnownName() {
    List<String> names =
        SettingsReader.names().stream().map(name -> name.replace("[]", "[0]")).toList();
    assertThat(names)
        .hasSizeGreaterThan(60)
        .contains("holdfast.tokens.chains-of-others", "holdfast.tokens.issuers[0].ssl-bundle")
        .allSatisfy(name -> assertThat(SettingsReader.nameOf(name)).isEqualTo(name));
  }
}
