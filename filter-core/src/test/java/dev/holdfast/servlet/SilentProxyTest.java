package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.EnforcementListener;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trusted proxy that forwards nothing: it is said once, and decides nothing. */
class SilentProxyTest {
  private static final String LINE = "the trusted proxy";

  private static EvidenceSource edge(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("tokens.issuers[0].issuer", "https://issuer.test");
    settings.put("tokens.issuers[0].audiences", "https://api.example");
    settings.put("proxies.trusted", "192.0.2.0/24");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return EvidenceSource.of(
        Assembly.of(SettingsReader.readInitParameters(settings), Clock.systemUTC()),
        EnforcementListener.silent());
  }

  private static EvidenceSource withCertificates() {
    return edge(
        "certificate.source",
        "header",
        "certificate.header.format",
        "rfc9440",
        "proxies.forwarding",
        "x-forwarded");
  }

  /** A request from there with one header, or with none of the proxy's. */
  private static HttpServletRequest request(String peer, String... header) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", List.of("h.example"));
    if (header.length > 0) {
      headers.put(header[0], List.of("x"));
    }
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(HoldfastAttributes.PEER_ADDRESS, peer);
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            SilentProxyTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                  case "removeAttribute" -> attributes.remove(arguments[0]);
                  case "getDispatcherType" -> DispatcherType.REQUEST;
                  case "isSecure" -> false;
                  case "getMethod" -> "GET";
                  case "getScheme" -> "http";
                  case "getRequestURI", "getServletPath" -> "/health";
                  case "getHeaders" ->
                      Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
                  case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                  default -> null;
                });
  }

  @Test
  void itIsSaidOnceWithWhatIsMissing() {
    try (HoldfastLines log = new HoldfastLines()) {
      EvidenceSource edge = withCertificates();
      for (int i = 1; i < 4; i++) {
        HttpServletRequest request = request("192.0.2." + i);
        var evidence = edge.evidence(edge.admit(request));
        assertThat(evidence.fromTrustedProxy()).isTrue();
        assertThat(evidence.clientCertificate()).isNull();
        assertThat(evidence.targetUri()).as("what it forwards is unknown").isNull();
      }
      assertThat(log.with(LINE))
          .singleElement()
          .asString()
          .contains("192.0.2.1 ", "Client-Cert", "X-Forwarded-Host", "Health probes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Forwarded", "X-Forwarded-For", "x-forwarded-proto", "Client-Cert", "CLIENT_CERT"})
  void whoForwardsAnythingIsNotNamed(String header) {
    try (HoldfastLines log = new HoldfastLines()) {
      EvidenceSource edge = withCertificates();
      edge.admit(request("192.0.2.7", header));
      assertThat(log.with(LINE)).isEmpty();
      edge.admit(request("192.0.2.7"));
      assertThat(log.with(LINE)).hasSize(1);
    }
  }

  @Test
  void aStrangerIsNoProxy() {
    try (HoldfastLines log = new HoldfastLines()) {
      withCertificates().admit(request("198.51.100.7"));
      assertThat(log.with(LINE)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"proxies.external-uri, https://h.example", "proxies.forwarding, none"})
  void whereNoHeaderIsBelievedNoneIsMissed(String name, String value) {
    try (HoldfastLines log = new HoldfastLines()) {
      edge(name, value).admit(request("192.0.2.7"));
      assertThat(log.with(LINE)).isEmpty();
    }
  }
}
