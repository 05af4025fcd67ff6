package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.holdfast.configuration.HoldfastSettings;
import dev.holdfast.configuration.SettingsReader;
import dev.holdfast.internal.crypto.SigningAlgorithm;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.ResolvableType;
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

  /** What can be bound can be written: a name that the look refuses would be of no use. */
  @Test
  void everySettingThatIsBoundIsAKnownName() {
    List<String> names = new ArrayList<>();
    collect("holdfast", HoldfastProperties.class, names);
    assertThat(names)
        .hasSizeGreaterThan(60)
        .contains("holdfast.tokens.chains-of-others", "holdfast.tokens.issuers[0].ssl-bundle")
        .allSatisfy(
            name -> {
              assertThat(SettingsReader.nameOf(name)).isEqualTo(name);
              assertThatCode(() -> SettingsReader.requireKnown(name, "1"))
                  .doesNotThrowAnyException();
            });
  }

  private static void collect(String prefix, Class<?> record, List<String> names) {
    for (RecordComponent component : record.getRecordComponents()) {
      String name =
          prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      if (component.getType().isRecord()) {
        collect(name, component.getType(), names);
      } else if (ResolvableType.forType(component.getGenericType())
          .getGeneric(0)
          .toClass()
          .isRecord()) {
        collect(
            name + "[0]",
            ResolvableType.forType(component.getGenericType()).getGeneric(0).toClass(),
            names);
      } else {
        names.add(name);
      }
    }
  }
}
