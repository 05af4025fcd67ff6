package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.HoldfastSettings;
import dev.holdfast.configuration.SettingsReader;
import dev.holdfast.internal.crypto.SigningAlgorithm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.mock.env.MockEnvironment;

/** An annotation can hold a default as text only: the text says what the plain filter takes. */
class DefaultsTest {
  private static final String ISSUER = "holdfast.tokens.issuers[0].";

  private static HoldfastProperties bound(Map<String, String> written) {
    return new Binder(new MapConfigurationPropertySource(written))
        .bindOrCreate("holdfast", HoldfastProperties.class);
  }

  private static HoldfastSettings mapped(Map<String, String> written) {
    HoldfastProperties properties = bound(written);
    DefaultListableBeanFactory none = new DefaultListableBeanFactory();
    return new SettingsMapping(
            properties,
            new IssuerTrust(none.getBeanProvider(SslBundles.class)),
            new BootRedis(new MockEnvironment(), RedisConnectionDetails.of(none)))
        .settings(properties.tokens().issuers());
  }

  @Test
  void theAlgorithmsOfProofsAreThoseOfThePlainFilter() {
    assertThat(bound(Map.of()).dpop().algorithms()).isEqualTo(SigningAlgorithm.DEFAULTS);
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
      assertThat(mapped(written))
          .usingRecursiveComparison()
          .isEqualTo(SettingsReader.read(written));
    }
  }
}
