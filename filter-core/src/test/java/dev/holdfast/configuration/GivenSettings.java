package dev.holdfast.configuration;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** One issuer, and what a test sets beside or instead: names and values in turn. */
public final class GivenSettings {
  private GivenSettings() {}

  /** As init parameters; {@code holdfast.} may be left out. */
  public static HoldfastSettings settings(String... namesAndValues) {
    Map<String, String> properties = map(namesAndValues);
    properties.putIfAbsent("tokens.issuers[0].issuer", "https://issuer.example");
    properties.putIfAbsent("tokens.issuers[0].audiences", "https://api.example");
    return SettingsReader.readInitParameters(properties);
  }

  /** What the settings are put together to, on the system's clock. */
  public static Assembly assembly(String... namesAndValues) {
    return Assembly.of(settings(namesAndValues), Clock.systemUTC());
  }

  /** The start stops, and says so in a text that has this in it. */
  public static void assertRefused(String text, String... namesAndValues) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> assembly(namesAndValues))
        .withMessageContaining(text);
  }

  public static Map<String, String> map(String... namesAndValues) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
