package dev.holdfast.configuration;

import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.checks.TokenChecks;
import dev.holdfast.configuration.issuers.CacheSettings;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.issuers.TokenSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of an introspection that contradict each other stop the start. */
class IntrospectionSettingsTest {
  private static final String PREFIX = "tokens.issuers[0].introspection.";
  @TempDir private Path directory;
  private String key;

  @BeforeEach
  void writeKey() throws IOException, JOSEException {
    key =
        Files.writeString(
                directory.resolve("key.jwk"),
                new ECKeyGenerator(Curve.P_256).keyID("k1").generate().toJSONString())
            .toString();
  }

  /** One endpoint, and what a test sets in addition, without the prefix; null sets nothing. */
  private static String[] with(String... namesAndValues) {
    List<String> all =
        new ArrayList<>(
            List.of(
                PREFIX + "uri", "https://issuer.example/introspect", PREFIX + "client-id", "a"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.add(
          namesAndValues[i].startsWith("tokens.") ? namesAndValues[i] : PREFIX + namesAndValues[i]);
      all.add(namesAndValues[i + 1]);
    }
    return all.toArray(new String[0]);
  }

  private static void assertStarts(String... namesAndValues) {
    assertThatCode(() -> GivenSettings.assembly(with(namesAndValues)).close())
        .doesNotThrowAnyException();
  }

  private static void assertStops(String text, String... namesAndValues) {
    assertRefused(text, with(namesAndValues));
  }

  @Test
  void aSecretIsForBasicAndPost() {
    assertStarts("client-secret", "a-good-secret");
    assertStarts("client-secret", "a-good-secret", "client-authentication", "post");
    assertStops("introspection.client-secret: it is missing. Set it to the secret");
    assertStops("introspection.client-secret: it is missing", "client-authentication", "post");
    assertStops(
        "introspection.client-key: it has no use beside client-authentication=basic",
        "client-secret",
        "a-good-secret",
        "client-key",
        key);
    assertStops(
        "introspection.client-key-id: it has no use beside client-authentication=post",
        "client-authentication",
        "post",
        "client-secret",
        "a-good-secret",
        "client-key-id",
        "k1");
  }

  @Test
  void aKeyIsForPrivateKeyJwt() {
    String[] good = {"client-authentication", "private-key-jwt", "client-key", key};
    assertStarts(good);
    assertStarts(and(good, "client-key-id", "k1", "client-key-algorithm", "ES256"));
    assertStops(
        "introspection.client-key: it is missing. Name the file",
        "client-authentication",
        "private-key-jwt");
    assertStops(
        "introspection.client-secret: it has no use beside client-authentication=private-key-jwt",
        and(good, "client-secret", "a-good-secret"));
    assertStops("another kid than client-key-id", and(good, "client-key-id", "k2"));
    assertStops(
        "client-key-algorithm: \"HS256\" is refused", and(good, "client-key-algorithm", "HS256"));
    assertStops("the key is not one for PS256", and(good, "client-key-algorithm", "PS256"));
    assertStops(
        "there is no such file. Name a file with one private key",
        "client-authentication",
        "private-key-jwt",
        "client-key",
        key + ".none");
  }

  @Test
  void tlsTakesItsKeyFromFilesOrFromWhatSaysWhomToTrust() throws Exception {
    ThrowAwayPki pki = ThrowAwayPki.create();
    Identity api = pki.clientCertificate("CN=api");
    String pem = api.writePrivateKey(directory.resolve("key.pem")).toString();
    String certificate = api.writeCertificateChain(directory.resolve("cert.pem")).toString();
    String trust = pki.writeTrustedCertificates(directory.resolve("ca.pem")).toString();
    String[] tls = {"client-authentication", "tls"};
    String[] good = and(tls, "client-key", pem, "client-certificate", certificate);
    assertStarts(good);
    assertStarts(and(good, "tokens.issuers[0].trusted-certificates", trust));
    assertStops("introspection.client-key: it is missing. Name the PEM file", tls);
    assertStops(
        "introspection.client-key: it is missing",
        and(tls, "tokens.issuers[0].trusted-certificates", trust));
    assertStops("introspection.client-certificate: it is missing", and(tls, "client-key", pem));
    assertStops(
        "introspection.client-key: it is missing", and(tls, "client-certificate", certificate));
    assertStops(
        "the key is not that of the certificate",
        and(tls, "client-key", key, "client-certificate", certificate));
    assertStops(
        "client-secret: it has no use beside client-authentication=tls",
        and(good, "client-secret", "a-good-secret"));
    assertStops(
        "client-key-id: it has no use beside client-authentication=tls",
        and(good, "client-key-id", "k1"));
    assertStops(
        "client-certificate: it has no use beside client-authentication=private-key-jwt",
        "client-authentication",
        "private-key-jwt",
        "client-key",
        key,
        "client-certificate",
        certificate);
    assertStops(
        "tls needs an introspection.uri that begins with https://",
        and(good, "uri", "http://127.0.0.1:1/introspect"));
  }

  @Test
  void tlsByAContextNeedsNoFilesAndTakesNone() {
    SSLContext context = ThrowAwayPki.create().sslContext();
    String[] tls = {"client-authentication", "tls"};
    check(GivenSettings.settings(with(tls)).tokens().issuers().get(0).withTrust(context));
    IssuerSettings withFiles =
        GivenSettings.settings(with(and(tls, "client-key", key, "client-certificate", key)))
            .tokens()
            .issuers()
            .get(0)
            .withTrust(context);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> check(withFiles))
        .withMessageContaining("a key in files cannot be joined with the ssl-bundle");
  }

  private static void check(IssuerSettings issuer) {
    TokenChecks.check(new TokenSettings(List.of(issuer), CacheSettings.defaults(), Duration.ZERO));
  }

  @Test
  void tlsIsNotForAClientOfTheApplications() {
    HoldfastSettings settings =
        GivenSettings.settings(
            with("client-authentication", "tls", "client-key", key, "client-certificate", key));
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                Assembly.of(
                    settings,
                    Clock.systemUTC(),
                    Runnable::run,
                    request -> {
                      throw new AssertionError();
                    }))
        .withMessageContaining("makes the connections to issuers. Choose private-key-jwt");
  }

  private static String[] and(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }
}
