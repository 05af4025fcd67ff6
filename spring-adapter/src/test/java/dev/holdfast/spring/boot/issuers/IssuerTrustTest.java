package dev.holdfast.spring.boot.issuers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.IssuerTls;
import dev.holdfast.configuration.checks.TokenChecks;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.spring.boot.settings.HoldfastProperties;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** What both Spring edges make of {@code ssl-bundle}: its trust, its key, and what follows. */
class IssuerTrustTest {
  private static final String PREFIX = "holdfast.tokens.issuers[0].";
  private final ThrowAwayPki pki = ThrowAwayPki.create();
  private final DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry();
  @TempDir private Path directory;

  private SslBundle bundle(@Nullable Identity identity) {
    PemSslStoreDetails trust =
        PemSslStoreDetails.forCertificates(
            "file:" + pki.writeTrustedCertificates(directory.resolve("ca.pem")));
    PemSslStoreDetails key =
        identity == null
            ? null
            : PemSslStoreDetails.forCertificates(
                    "file:" + identity.writeCertificateChain(directory.resolve("api.crt")))
                .withPrivateKey("file:" + identity.writePrivateKey(directory.resolve("api.key")));
    return SslBundle.of(new PemSslStoreBundle(key, trust));
  }

  private HoldfastSettings settings() {
    DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    beans.registerSingleton("bundles", registry);
    Map<String, String> properties = new HashMap<>();
    properties.put(PREFIX + "issuer", "https://as.example");
    properties.put(PREFIX + "ssl-bundle", "issuer");
    properties.put(PREFIX + "introspection.uri", "https://as.example/introspect");
    properties.put(PREFIX + "introspection.client-id", "api");
    properties.put(PREFIX + "introspection.client-authentication", "TLS");
    return HoldfastProperties.settings(
        properties, new IssuerTrust(beans.getBeanProvider(SslBundles.class)));
  }

  @Test
  void theKeyOfTheBundleIsThatOfTheClient() {
    registry.registerBundle("issuer", bundle(pki.clientCertificate("CN=api")));
    assertThatCode(() -> TokenChecks.check(settings().tokens())).doesNotThrowAnyException();
  }

  @Test
  void aBundleWithoutAKeyDoesNotDo() {
    registry.registerBundle("issuer", bundle(null));
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> TokenChecks.check(settings().tokens()))
        .withMessageContaining("introspection.client-key: it is missing")
        .withMessageContaining("ssl-bundle with a key");
  }

  @Test
  void aBundleThatChangesBringsAnotherContext() {
    registry.registerBundle("issuer", bundle(pki.clientCertificate("CN=api")));
    IssuerTls tls = Objects.requireNonNull(settings().tokens().issuers().get(0).trust());
    SSLContext before = tls.context();
    assertThat(tls.context()).isSameAs(before);
    registry.updateBundle("issuer", bundle(pki.clientCertificate("CN=api")));
    assertThat(tls.context()).isNotSameAs(before);
  }
}
