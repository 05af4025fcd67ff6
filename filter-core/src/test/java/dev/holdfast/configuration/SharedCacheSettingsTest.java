package dev.holdfast.configuration;

import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static dev.holdfast.configuration.GivenSettings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.issuers.SharedCacheSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A shared cache that would share nothing, or whose entries anybody could read, stops the start.
 */
class SharedCacheSettingsTest {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  private static String[] introspected(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "tokens.issuers[0].introspection.uri",
                "https://issuer.example/introspect",
                "tokens.issuers[0].introspection.client-id",
                "api",
                "tokens.issuers[0].introspection.client-secret",
                "s3cret-of-api",
                "tokens.cache.shared",
                "redis",
                "redis.uri",
                "redis://127.0.0.1:1"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, repeats one character",
    "_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v4, repeats one byte",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=, no base64url",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9, no base64url",
    "AAECAwQFBgcICQoLDA0ODw, it has 16 bytes",
    "${KEY}, placeholder"
  })
  void aKeyThatAnybodyCanGuessIsNone(String key, String says) {
    assertRefused(
        says.equals("no base64url") ? "is not base64url without padding" : says,
        introspected("tokens.cache.encryption-key", key));
  }

  @Test
  void withoutAKeyNothingIsShared() {
    assertRefused(
        "holdfast.tokens.cache.encryption-key: holdfast.tokens.cache.shared=redis is set, and it is"
            + " missing. Make one with: openssl rand",
        introspected());
  }

  @Test
  void whatWouldHaveNoEffectStopsTheStart() {
    assertRefused(
        "holdfast.tokens.cache.shared: it is redis, and no token is introspected",
        "tokens.cache.shared",
        "redis",
        "tokens.cache.encryption-key",
        KEY);
    assertRefused(
        "holdfast.tokens.cache.shared: it is redis, and holdfast.tokens.cache.ttl is 0",
        introspected("tokens.cache.encryption-key", KEY, "tokens.cache.ttl", "0"));
    assertRefused(
        "holdfast.tokens.cache.shared-max-bytes: it bounds what is taken of holdfast.redis.uri",
        introspected(
            "tokens.cache.encryption-key",
            KEY,
            "tokens.cache.redis-uri",
            "redis://127.0.0.1:2",
            "tokens.cache.shared-max-bytes",
            "2000000"));
    assertRefused(
        "holdfast.tokens.cache.encryption-key: it has no effect",
        "tokens.cache.encryption-key",
        KEY);
    assertRefused(
        "holdfast.tokens.cache.redis-uri: it has no effect",
        "tokens.cache.redis-uri",
        "redis://127.0.0.1:2");
    assertRefused(
        "holdfast.tokens.cache.shared-max-bytes: it has no effect",
        "tokens.cache.shared-max-bytes",
        "2000000");
  }

  @Test
  void aStoreThatIsNeededIsNamed_andOneThatNobodyUsesIsRefused() {
    List<String> without =
        new ArrayList<>(List.of(introspected("tokens.cache.encryption-key", KEY)));
    int uri = without.indexOf("redis.uri");
    without.subList(uri, uri + 2).clear();
    assertRefused(
        "holdfast.redis.uri: holdfast.tokens.cache.shared=redis is set, and it is missing",
        without.toArray(String[]::new));
    assertRefused(
        "holdfast.redis.uri: nothing is stored there",
        introspected(
            "tokens.cache.encryption-key", KEY, "tokens.cache.redis-uri", "redis://127.0.0.1:2"));
    assertRefused("holdfast.redis.uri: nothing is stored there", "redis.uri", "redis://one");
  }

  @Test
  void anAddressOfItsOwnIsReadLikeTheOther() {
    List<String> own =
        new ArrayList<>(
            List.of(
                introspected(
                    "tokens.cache.encryption-key",
                    KEY,
                    "tokens.cache.redis-uri",
                    "http://s3cret@x")));
    int uri = own.indexOf("redis.uri");
    own.subList(uri, uri + 2).clear();
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> Assembly.of(settings(own.toArray(String[]::new)), Clock.systemUTC()))
        .withMessageStartingWith("holdfast.tokens.cache.redis-uri:")
        .withMessageNotContaining("s3cret");
  }

  @Test
  void neitherKeyNorAddressIsShown() {
    SharedCacheSettings shared =
        SharedCacheSettings.inRedis(KEY).withRedisUri("redis://:s3cret@one");
    assertThat(shared.toString()).doesNotContain(KEY).doesNotContain("s3cret");
  }
}
