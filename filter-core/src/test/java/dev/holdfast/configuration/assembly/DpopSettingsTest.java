package dev.holdfast.configuration.assembly;

import static dev.holdfast.configuration.GivenSettings.assembly;
import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static dev.holdfast.configuration.GivenSettings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.ProofVerifier;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.DpopSettings;
import dev.holdfast.configuration.settings.DpopSettings.NonceUse;
import dev.holdfast.configuration.settings.DpopSettings.Store;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.http.Forwarding;
import dev.holdfast.redis.RedisReplayGuard;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DpopSettingsTest {
  private static final String SECRET = "thirty-two bytes, or a few more of it";

  @Test
  void everyPropertyIsRead() {
    HoldfastSettings settings =
        settings(
            "dpop.algorithms", "ES256,EdDSA",
            "dpop.proof-lifetime", "30s",
            "dpop.clock-skew", "5s",
            "dpop.min-rsa-bits", "3072",
            "dpop.nonce", "always",
            "dpop.nonce-lifetime", "2m",
            "dpop.nonce-secret", SECRET,
            "dpop.replay.store", "redis",
            "dpop.replay.max-entries", "7",
            "redis.uri", "redis://localhost",
            "redis.prefix", "payments",
            "proxies.forwarding", "x-forwarded",
            "proxies.external-uri", "https://api.example",
            "proxies.original-uri-header", "X-Original-URI");
    DpopSettings dpop = settings.dpop();
    assertThat(dpop.algorithms()).containsExactly("ES256", "EdDSA");
    assertThat(dpop.proofLifetime()).isEqualTo(Duration.ofSeconds(30));
    assertThat(dpop.clockSkew()).isEqualTo(Duration.ofSeconds(5));
    assertThat(dpop.minRsaBits()).isEqualTo(3072);
    assertThat(dpop.nonce())
        .isEqualTo(new DpopSettings.Nonce(NonceUse.ALWAYS, Duration.ofMinutes(2), SECRET));
    assertThat(dpop.replay()).isEqualTo(new DpopSettings.Replay(Store.REDIS, 7));
    assertThat(settings.redis().uri()).isEqualTo("redis://localhost");
    assertThat(settings.redis().prefix()).isEqualTo("payments");
    assertThat(settings.proxies().forwarding()).isEqualTo(Forwarding.X_FORWARDED);
    assertThat(settings.proxies().externalUri()).isEqualTo("https://api.example");
    assertThat(settings.proxies().originalUriHeader()).isEqualTo("X-Original-URI");
    assertThat(settings.toString()).doesNotContain(SECRET).doesNotContain("redis://");
  }

  @Test
  void itIsTakenUnlessSwitchedOff() {
    assertThat(assembly().mechanisms())
        .extracting(ProofVerifier::method)
        .contains(ConfirmationMethod.DPOP);
    Assembly off = assembly("dpop.enabled", "false");
    assertThat(off.mechanisms())
        .extracting(ProofVerifier::method)
        .containsExactly(ConfirmationMethod.CERTIFICATE);
    assertThat(off.replayGuard()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "dpop.algorithms,HS256,'holdfast.dpop.algorithms: \"HS256\" is refused: whoever verifies with a'",
    "dpop.algorithms,none,'holdfast.dpop.algorithms: \"none\" is refused'",
    "dpop.algorithms,Ed448,'holdfast.dpop.algorithms: \"Ed448\" is unknown. Write some of'",
    "dpop.min-rsa-bits,1024,from 2048 to 8192",
    "dpop.min-rsa-bits,4294969344,2048 to 8192",
    "dpop.proof-lifetime,0s,whole seconds",
    "dpop.proof-lifetime,1500ms,whole seconds",
    "dpop.proof-lifetime,2h,from",
    "dpop.clock-skew,2h,from",
    "dpop.replay.max-entries,0,from 1 to",
    "dpop.replay.store,redis,holdfast.redis.uri",
    "redis.uri,redis://localhost,nothing is stored there",
    "redis.sentinel-username,watch,nothing is stored in Redis",
    "redis.sentinel-password,s3cret,nothing is stored in Redis",
    "redis.client-certificate,client.pem,nothing is stored in Redis",
    "redis.client-key,key.pem,nothing is stored in Redis",
    "redis.trusted-certificates,ca.pem,nothing is stored in Redis",
    "redis.prefix,payments,'holdfast.redis.prefix: it is payments, and nothing is stored in Redis'",
    "redis.prefix,two words,'1 to 64 letters, digits'",
    "dpop.nonce-lifetime,1m,it is never",
    "dpop.nonce-secret,0123456789012345678901234567890123,it is never",
    "dpop.nonce-clock-skew,5m,it is never",
    "proxies.forwarding,forwarded,no proxy is trusted",
    "proxies.original-uri-header,X-Original-URI,no proxy is trusted",
    "proxies.external-uri,api.example,is no base",
    "proxies.external-uri,ftp://api.example,is no base",
    "proxies.external-uri,https://api.example?x=y,is no base",
    "proxies.external-uri,'https://a.example,https://b.example',is no base",
    "proxies.external-uri,'https://a.example/v1,https://b.example/v1',is no base",
    "proxies.external-uri,https://user@api.example,is no base"
  })
  void whatCannotBeSafeStopsTheStart(String name, String value, String text) {
    assertRefused(text, name, value);
  }

  @Test
  void nothingOfDpopMayBeSetWhereItIsOff() {
    assertRefused("holdfast.dpop.enabled", "dpop.enabled", "false", "dpop.nonce", "always");
    assertRefused("holdfast.dpop.enabled is false", "dpop.enabled", "false", "methods", "dpop");
  }

  @Test
  void aGuardThatDoesNotFitTheHeapStopsTheStart_C87() {
    assertThatCode(() -> DpopAssembly.checkHeap(1_000_000, 64L << 20)).doesNotThrowAnyException();
    assertThatThrownBy(() -> DpopAssembly.checkHeap(10_000_000, 64L << 20))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("holdfast.dpop.replay.max-entries")
        .hasMessageContaining("takes 256 MiB, more than half of the heap of 64 MiB");
    assertRefused("more than half of the heap", "dpop.replay.max-entries", "900000000");
  }

  @Test
  void aNonceNeedsALongSecretAndALifetime() {
    assertRefused(
        "holdfast.dpop.nonce-secret: it has 5 bytes, and less than 32 can be guessed. Make one with:"
            + " openssl rand -base64 32.",
        "dpop.nonce",
        "always",
        "dpop.nonce-secret",
        "short");
    assertRefused("from 2s to 1d", "dpop.nonce", "always", "dpop.nonce-lifetime", "1s");
    assertRefused("from dpop.clock-skew", "dpop.nonce", "always", "dpop.nonce-clock-skew", "9s");
    for (String skew : new String[] {"61m", "10500ms"}) { // C36
      assertRefused("whole seconds", "dpop.nonce", "always", "dpop.nonce-clock-skew", skew);
    }
    assertThat(assembly("dpop.nonce", "always", "dpop.nonce-secret", SECRET).mechanisms())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example",
        "https://api.example/",
        "https://api.example:8443/v1",
        "http://[::1]:8080"
      })
  void aBaseOfTargetUris(String uri) {
    assertThat(assembly("proxies.external-uri", uri).mechanisms()).isNotEmpty();
    assertRefused(
        "disagree",
        "proxies.external-uri",
        uri,
        "proxies.forwarding",
        "forwarded",
        "proxies.trusted",
        "10.0.0.0/8");
  }

  @Test
  void theHeaderOfTheOriginalTargetIsAHeadersName_C25() {
    assertRefused(
        "is no header's name",
        "proxies.original-uri-header",
        "X Original",
        "proxies.trusted",
        "10.0.0.0/8");
  }

  @Test
  void aSharedStoreNeedsAnAddressThatCanBeRead() {
    assertRefused(
        "holdfast.redis.uri", "dpop.replay.store", "redis", "redis.uri", "http://localhost");
    try (Assembly assembly =
        assembly("dpop.replay.store", "redis", "redis.uri", "redis://127.0.0.1:1")) {
      assertThat(assembly.replayGuard()).isInstanceOf(RedisReplayGuard.class);
    }
    assertRefused(
        "bounds the local store",
        "dpop.replay.store",
        "redis",
        "redis.uri",
        "redis://127.0.0.1:1",
        "dpop.replay.max-entries",
        "7");
  }
}
