package dev.holdfast.configuration.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.RedisSettings;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisLogin;
import dev.holdfast.redis.address.RedisOptions;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.KeyKind;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How to speak to Redis, without any. */
class RedisSettingsTest {
  private static final RedisSettings TLS = new RedisSettings("rediss://localhost");

  @TempDir Path folder;

  private static RedisOptions options(RedisSettings settings) {
    return RedisAssembly.options(settings, RedisAssembly.address(settings));
  }

  private static void assertRefused(RedisSettings settings, String setting, String problem) {
    assertThatThrownBy(() -> options(settings))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("holdfast.redis." + setting + ":")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void aClientsCertificateItsKeyAndWhomToTrustAreRead(KeyKind kind) {
    ThrowAwayPki pki = ThrowAwayPki.create();
    Identity client = pki.clientCertificate("CN=api", kind, Validity.current());
    String certificate = client.writeCertificateChain(folder.resolve("client.pem")).toString();
    String key = client.writePrivateKey(folder.resolve("key.pem")).toString();
    String trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem")).toString();

    RedisOptions options = options(TLS.withTls(certificate, key, "file:" + trusted));

    assertThat(options.tls().identity()).isNotNull();
    assertThat(options.tls().trust()).isNotNull();
    assertThat(options(TLS).tls().identity()).isNull();
    assertThat(options(TLS).tls().trust()).isNull();
  }

  @Test
  void filesThatCannotBeUsedStopTheStart() throws IOException {
    ThrowAwayPki pki = ThrowAwayPki.create();
    Identity client = pki.clientCertificate("CN=api");
    String certificate = client.writeCertificateChain(folder.resolve("client.pem")).toString();
    String key = client.writePrivateKey(folder.resolve("key.pem")).toString();
    String nowhere = folder.resolve("nowhere.pem").toString();
    String text = Files.writeString(folder.resolve("text.pem"), "no PEM").toString();
    String old =
        Files.writeString(
                folder.resolve("old.pem"),
                Files.readString(Path.of(key)).replace(" PRIVATE", " EC PRIVATE"))
            .toString();
    Identity rsa = pki.clientCertificate("CN=api", KeyKind.RSA, Validity.current());
    String otherKey = rsa.writePrivateKey(folder.resolve("other.pem")).toString();

    assertRefused(TLS.withTls(null, null, nowhere), "trusted-certificates", "there is no file");
    assertRefused(TLS.withTls(null, null, text), "trusted-certificates", "no certificate");
    assertRefused(TLS.withTls(text, key, null), "client-certificate", "no certificate");
    assertRefused(TLS.withTls(folder.toString(), key, null), "client-certificate", "a directory");
    assertRefused(TLS.withTls(certificate, nowhere, null), "client-key", "there is no file");
    assertRefused(TLS.withTls(certificate, text, null), "client-key", "BEGIN PRIVATE KEY");
    assertRefused(TLS.withTls(certificate, old, null), "client-key", "openssl pkcs8");
    assertRefused(TLS.withTls(certificate, otherKey, null), "client-key", "of that certificate");
  }

  @Test
  void halfAnIdentityAndTlsThatNobodySpeaksStopTheStart() {
    assertRefused(TLS.withTls("a.pem", null, null), "client-certificate", "alone");
    assertRefused(TLS.withTls(null, "a.pem", null), "client-key", "alone");
    for (String uri : new String[] {"redis://localhost", "redis-sentinel://localhost#name"}) {
      RedisSettings plain = new RedisSettings(uri);
      assertRefused(plain.withTls(null, null, "a.pem"), "trusted-certificates", "no TLS is spoken");
      assertRefused(plain.withTls("a.pem", "b.pem", null), "client-certificate", "no TLS is");
    }
  }

  @Test
  void sentinelsHaveALoginOfTheirOwn() {
    RedisSettings sentinels = new RedisSettings("redis-sentinel://api:p@localhost#name");

    RedisAddress both = RedisAssembly.address(sentinels.withSentinelLogin("watch", "s3cret"));
    assertThat(both.login()).isEqualTo(new RedisLogin("api", "p"));
    assertThat(both.sentinelLogin()).isEqualTo(new RedisLogin("watch", "s3cret"));
    assertThat(RedisAssembly.address(sentinels.withSentinelLogin(null, "s3cret")).sentinelLogin())
        .isEqualTo(new RedisLogin(null, "s3cret"));
    assertThat(RedisAssembly.address(sentinels).sentinelLogin()).isNull();

    assertRefused(sentinels.withSentinelLogin("watch", null), "sentinel-username", "no password");
    assertRefused(TLS.withSentinelLogin(null, "s3cret"), "sentinel-password", "no sentinels");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:s3cret@one,two/1",
        "redis-sentinel://:s3cret@one,two",
        "redis-cluster://:s3cret@one"
      })
  void anAddressThatIsNoneIsNamedAndNotRepeated(String uri) {
    assertThatThrownBy(() -> RedisAssembly.address(new RedisSettings(uri)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("holdfast.redis.uri:")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void howTheApplicationSpeaksToItsOwnRedisIsTakenAsAWhole() {
    RedisOptions own = RedisOptions.DEFAULTS.withDeadline(Duration.ofSeconds(2));
    assertThat(options(new RedisSettings("redis://localhost").withApplication(own))).isSameAs(own);
  }
}
