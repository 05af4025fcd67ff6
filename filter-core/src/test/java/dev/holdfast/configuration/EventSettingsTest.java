package dev.holdfast.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of security events that stop the start. */
class EventSettingsTest {
  private static final String FIRST = "events.transmitters[0].";

  private static Map<String, String> good() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("tokens.issuers[0].issuer", "https://as.example");
    settings.put("tokens.issuers[0].audiences", "https://api.example");
    settings.put("events.path", "/events");
    settings.put(FIRST + "issuer", "https://as.example");
    settings.put(FIRST + "audiences", "https://api.example/events");
    return settings;
  }

  private static void start(Map<String, String> settings) {
    Map<String, String> named = new LinkedHashMap<>();
    settings.forEach((name, value) -> named.put("holdfast." + name, value));
    try (Assembly assembly = Assembly.of(SettingsReader.read(named), Clock.systemUTC())) {
      assertThat(assembly.events() != null).isEqualTo(settings.containsKey("events.path"));
    }
  }

  private static void assertStops(String text, String name, @Nullable String value) {
    Map<String, String> settings = good();
    if (value == null) {
      settings.remove(name);
    } else {
      settings.put(name, value);
    }
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> start(settings))
        .withMessageContaining(text);
  }

  @Test
  void whatIsWholeStartsAndNothingStartsWithoutAReceiver() {
    start(good());
    start(
        Map.of(
            "tokens.issuers[0].issuer", "https://as.example",
            "tokens.issuers[0].audiences", "https://api.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/a/b", "/a.b/c-d_e~f/1"})
  void aPlainPathIsTaken(String path) {
    Map<String, String> settings = good();
    settings.put("events.path", path);
    start(settings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events",
        "/",
        "/events/",
        "//events",
        "/events/*",
        "/**",
        "/e%76ents",
        "/events;x",
        "/../e",
        "/./e",
        "/a/..",
        "/events?x",
        "/é",
        "/{id}",
        "/.well-known/x"
      })
  void aPathThatIsNoPlainOneStopsTheStart(String path) {
    assertStops("is no plain path", "events.path", path);
  }

  @Test
  void aPathWithoutTransmittersAndTheReverseStopTheStart() {
    assertStops("holdfast.events.path: it is missing", "events.path", null);
    Map<String, String> settings = good();
    settings.keySet().removeIf(name -> name.startsWith(FIRST));
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> start(settings))
        .withMessageContaining("holdfast.events.path: nobody's events are taken there");
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, , holdfast.events.transmitters[0].issuer",
    "audiences, , audiences: it is missing",
    "audiences, *, an event is for a receiver by name",
    "issuer, http://as.example, transmitters[0].issuer: it must begin with https://",
    "issuer, joe, transmitters[0].issuer: it",
    "jwk-set-uri, http://as.example/keys, transmitters[0].jwk-set-uri: it must begin with https://",
    "push-authorization, ${PUSH}, placeholder",
    "push-authorization, xxxx, repeats one character",
    "push-authorization, 'Bearer  two blanks', no value that an Authorization field could have",
    "push-authorization, Bearer é, no value that an Authorization field could have",
    "poll-uri, http://as.example/poll, transmitters[0].poll-uri: it must begin with https://",
    "poll-authorization, Bearer abcdef, 'poll-authorization: nobody is polled'",
    "poll-authorization, ${POLL}, placeholder"
  })
  void oneWrongSettingStopsTheStart(String member, @Nullable String value, String text) {
    assertStops(text, FIRST + member, value);
  }

  @Test
  void whoeverIsPolledNeedsNoPath() {
    Map<String, String> settings = good();
    settings.put(FIRST + "poll-uri", "https://127.0.0.1:1/poll");
    settings.put(FIRST + "poll-authorization", "Bearer throw-away-poll-secret");
    start(settings);
    settings.remove("events.path");
    start(settings);
    settings.put(FIRST + "push-authorization", "Bearer throw-away-push-secret");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> start(settings))
        .withMessageContaining("push-authorization: nobody pushes");
    settings.remove(FIRST + "push-authorization");
    settings.put("events.transmitters[1].issuer", "https://other.example");
    settings.put("events.transmitters[1].audiences", "other");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> start(settings))
        .withMessageContaining("holdfast.events.path: it is missing")
        .withMessageContaining("holdfast.events.transmitters[1].poll-uri");
  }

  @Test
  void oneIssuerIsOneTransmitter() {
    Map<String, String> settings = good();
    settings.put("events.transmitters[1].issuer", "https://as.example");
    settings.put("events.transmitters[1].audiences", "other");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> start(settings))
        .withMessageContaining("events.transmitters[1].issuer: the same issuer");
  }

  @Test
  void anIssuerThatIsNoAddressNeedsAnAddressOfItsKeys() {
    Map<String, String> settings = good();
    settings.put(FIRST + "issuer", "joe");
    settings.put(FIRST + "jwk-set-uri", "https://as.example/keys");
    start(settings);
  }

  @Test
  void plainHttpIsTakenWhereTheTokensIssuerOfThatNameTakesIt() {
    Map<String, String> settings = good();
    settings.put("tokens.issuers[0].issuer", "http://as.internal");
    settings.put("tokens.issuers[0].allow-plain-http", "true");
    settings.put(FIRST + "issuer", "http://as.internal");
    start(settings);
  }

  @Test
  void theSecretIsNotShown() {
    Map<String, String> settings = good();
    settings.put(FIRST + "push-authorization", "Bearer s3cr3t-of-the-push");
    settings.put(FIRST + "poll-uri", "https://127.0.0.1:1/poll");
    settings.put(FIRST + "poll-authorization", "Bearer s3cr3t-of-the-poll");
    Map<String, String> named = new LinkedHashMap<>();
    settings.forEach((name, value) -> named.put("holdfast." + name, value));
    assertThat(SettingsReader.read(named).toString()).doesNotContain("s3cr3t");
  }
}
