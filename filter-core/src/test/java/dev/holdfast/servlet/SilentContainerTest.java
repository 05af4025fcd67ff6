package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.EnforcementListener;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.exporter.AttributeExporter;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import dev.holdfast.servlet.exporter.KeyingMaterialSource;
import dev.holdfast.servlet.wire.CertificateWatch;
import dev.holdfast.servlet.wire.ConnectionCertificate;
import dev.holdfast.servlet.wire.KnownContainers;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers that do not say what they should know: it is noticed, and said once. */
@Tag("verify")
class SilentContainerTest {

  private static EvidenceSource source(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("holdfast.tokens.issuers[0].issuer", "https://localhost:1");
    settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    for (int i = 0; i < more.length; i += 2) {
      settings.put("holdfast." + more[i], more[i + 1]);
    }
    return EvidenceSource.of(
        Assembly.of(SettingsReader.read(settings), Clock.systemUTC()),
        EnforcementListener.silent());
  }

  private static HttpServletRequest request(
      boolean secure, X509Certificate @Nullable [] certificates) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            SilentContainerTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "isSecure" -> secure;
                  case "getAttribute" ->
                      arguments[0].equals(ConnectionCertificate.CERTIFICATES) ? certificates : null;
                  default -> null;
                });
  }

  private static int warnings(EvidenceSource source, HttpServletRequest... first) {
    try (HoldfastLines log = new HoldfastLines()) {
      for (HttpServletRequest request : first) {
        source.evidence(request);
      }
      HttpServletRequest none = request(true, null);
      for (int i = 0; i < CertificateWatch.MANY - 1; i++) {
        source.evidence(none);
      }
      assertThat(log.with("no client certificate")).isEmpty();
      for (int i = 0; i < 3 * CertificateWatch.MANY; i++) {
        source.evidence(none);
      }
      return log.with("no client certificate").size();
    }
  }

  @Test
  void aSecureContainerThatNeverGivesACertificateIsNamedOnce_C70() {
    assertThat(warnings(source())).isEqualTo(1);
  }

  @Test
  void oneCertificateIsEnough_C70() {
    X509Certificate leaf = HandshakeServer.PKI.certificate();
    assertThat(warnings(source(), request(true, new X509Certificate[] {leaf}))).isZero();
  }

  @Test
  void plainRequestsDoNotCount_C70() {
    try (HoldfastLines log = new HoldfastLines()) {
      EvidenceSource source = source();
      for (int i = 0; i < 3 * CertificateWatch.MANY; i++) {
        source.evidence(request(false, null));
      }
      assertThat(log.with("no client certificate")).isEmpty();
    }
  }

  @Test
  void whereCertificatesAreNotTheContainersNobodyCounts_C70() {
    assertThat(warnings(source("certificate.source", "none"))).isZero();
  }

  /** Open Liberty has a request and a context of its own, and no way to the socket. */
  private static ServletContext liberty() {
    return (ServletContext)
        Proxy.newProxyInstance(
            SilentContainerTest.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) ->
                method.getName().equals("getServerInfo") ? "Open Liberty/26.0.0.1" : null);
  }

  @ParameterizedTest
  @CsvSource({"certificate.source, header", "proxies.forwarding, forwarded"})
  void aContainerThatHidesThePeerIsNamedAtTheStart_C71(String name, String value) {
    try (HoldfastLines log = new HoldfastLines()) {
      EvidenceSource source =
          name.equals("certificate.source")
              ? source(
                  name, value, "certificate.header.format", "nginx", "proxies.trusted", "10.0.0.1")
              : source(name, value, "proxies.trusted", "10.0.0.1");
      source.check(liberty());
      assertThat(log.with("Open Liberty/26.0.0.1"))
          .singleElement()
          .asString()
          .contains("holdfast.proxies.trusted", HoldfastAttributes.PEER_ADDRESS);
    }
  }

  @Test
  void aMissingConnectorIsNamedAtTheStart() {
    try (HoldfastLines log = new HoldfastLines()) {
      source("token-binding.source", "tls").check(liberty());
      assertThat(log.with("holdfast.token-binding.source=tls is set, and no connector can be"))
          .singleElement()
          .asString()
          .contains("dev.holdfast:holdfast-tls-connector", "docs/tls-connector.md");
    }
  }

  @Test
  void aConnectorThatIsThereIsNotNamedAndNoneIsMissedWithoutTheSetting() {
    try (HoldfastLines log = new HoldfastLines()) {
      new KeyingMaterialSource(
              TokenBindingSettings.of(TokenBindingSettings.TokenBindingSource.TLS),
              List.of(new AttributeExporter(), request -> null))
          .announce();
      source().check(liberty());
      source("token-binding.source", "header", "proxies.trusted", "10.0.0.1").check(liberty());
      assertThat(log.with("no connector")).isEmpty();
    }
  }

  @Test
  void withoutAProxyThePeerIsNobodysBusiness_C71() {
    try (HoldfastLines log = new HoldfastLines()) {
      source().check(liberty());
      assertThat(log.with("Open Liberty")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachKnownContainerIsKnownByItsOwnContext_C71(DispatcherServers container) throws Exception {
    AtomicBoolean known = new AtomicBoolean();
    container.run((classes, context) -> known.set(KnownContainers.isKnown(context)));
    assertThat(known).isTrue();
  }

  @Test
  void aKnownContainerIsKnownByItsContext_C71() {
    assertThat(KnownContainers.isKnown(new ServletContextHandler().getServletContext())).isTrue();
    assertThat(KnownContainers.isKnown(liberty())).isFalse();
  }
}
