package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.EnforcementListener;
import dev.holdfast.RequestEvidence;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.evidence.ServletEvidence;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import dev.holdfast.servlet.wire.ConnectionCertificate;
import dev.holdfast.servlet.wire.WireRequest;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several of this project's edges before one application, and others between them. */
class SeveralEdgesTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity PROXY = PKI.clientCertificate("CN=proxy");
  private static final Identity STRANGER = PKI.clientCertificate("CN=stranger");

  /** An edge that trusts whoever connects from 192.0.2.7 and has the proxy's certificate. */
  private static EvidenceSource edge(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "tokens.issuers[0].issuer", "https://issuer.test",
                "tokens.issuers[0].audiences", "https://api.example",
                "proxies.trusted", "192.0.2.7",
                "proxies.certificates", PROXY.thumbprint()));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return EvidenceSource.of(
        Assembly.of(SettingsReader.readInitParameters(settings), Clock.systemUTC()),
        EnforcementListener.silent());
  }

  /** A connection from that address whose handshake proved this certificate. */
  private static HttpServletRequest connection(Identity identity, DispatcherType type) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(HoldfastAttributes.PEER_ADDRESS, "192.0.2.7");
    attributes.put(
        ConnectionCertificate.CERTIFICATES, new X509Certificate[] {identity.certificate()});
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            SeveralEdgesTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                  case "removeAttribute" -> attributes.remove(arguments[0]);
                  case "getDispatcherType" -> type;
                  case "isSecure" -> true;
                  case "getMethod" -> "POST";
                  case "getRequestURI", "getServletPath" -> "/accounts";
                  case "getHeaders" -> Collections.enumeration(List.of());
                  case "getHeaderNames" -> Collections.emptyEnumeration();
                  default -> null;
                });
  }

  @ParameterizedTest
  @EnumSource
  void eachEdgeKnowsWhatTheConnectionProved_C20(DispatcherType type) {
    HttpServletRequest request = connection(PROXY, type);
    List<EvidenceSource> edges =
        List.of(
            edge(),
            edge("token-binding.source", "header"),
            edge("certificate.source", "header", "certificate.header.format", "rfc9440"));
    for (EvidenceSource edge : edges) {
      request = edge.admit(request);
      assertThat(edge.evidence(request).fromTrustedProxy()).isTrue();
      assertThat(edge.evidence(request).clientCertificate()).isNull();
      assertThat(ConnectionCertificate.leaf(request)).as("the proxy's own is hidden").isNull();
      assertThat(ConnectionCertificate.leaf(WireRequest.below(request))).isNull();
    }
    for (EvidenceSource edge : edges) { // once more, in another order
      assertThat(edge.evidence(request).fromTrustedProxy()).isTrue();
    }
  }

  @Test
  void noEdgeTrustsAnotherCertificate_C20() {
    HttpServletRequest request = connection(STRANGER, DispatcherType.REQUEST);
    for (int i = 0; i < 3; i++) {
      EvidenceSource edge = edge();
      request = edge.admit(request);
      assertThat(edge.evidence(request).fromTrustedProxy()).isFalse();
    }
  }

  /** As a filter does that reads the method from a form's field. */
  private static HttpServletRequest changed(HttpServletRequest request, String method, String uri) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getMethod() {
        return method;
      }

      @Override
      public String getRequestURI() {
        return uri;
      }

      @Override
      public String getServletPath() {
        return uri;
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void theMethodIsTheWires_C21(DispatcherType type) {
    HttpServletRequest received = connection(PROXY, type);
    HttpServletRequest request = changed(received, "DELETE", "/accounts");
    EvidenceSource edge = edge();
    for (RequestEvidence evidence :
        List.of(ServletEvidence.of(request), edge.evidence(edge.admit(request)))) {
      assertThat(evidence.httpMethod()).isEqualTo("POST");
      assertThat(evidence.asDispatched().httpMethod()).isEqualTo("DELETE");
      assertThat(evidence.asDispatched().headers("x")).isEmpty();
    }
    for (RequestEvidence evidence :
        List.of(ServletEvidence.of(received), edge.evidence(edge.admit(received)))) {
      assertThat(evidence.asDispatched()).isSameAs(evidence);
    }
  }

  @Test
  void soIsThePathThatTheClientAskedFor_C21() {
    HttpServletRequest request =
        changed(connection(PROXY, DispatcherType.REQUEST), "POST", "/public");
    RequestEvidence evidence = ServletEvidence.of(request);

    assertThat(evidence.path()).isEqualTo("/accounts");
    assertThat(evidence.rawPath()).isEqualTo("/accounts");
    assertThat(evidence.asDispatched().path()).isEqualTo("/public");
    assertThat(evidence.asDispatched().rawPath()).isEqualTo("/public");
    RequestEvidence forwarded =
        ServletEvidence.of(changed(connection(PROXY, DispatcherType.FORWARD), "POST", "/public"));
    assertThat(forwarded.path()).as("the server's own word").isEqualTo("/public");
  }
}
