package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertDpopBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidProof;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The target URI that a proxy's client asked for: a trusted proxy is believed, nobody else. */
public interface ForwardingCases extends WithFixture {
  /** What is asked for if the proxy that says so is believed. */
  String EXTERNAL_ME = DpopCases.EXTERNAL + "/me";

  private DpopClient client(String forwarding, String trusted) {
    return DpopClient.of(
        fixture(),
        fixture()
            .api(
                "proxies.forwarding", forwarding,
                "proxies.trusted", trusted,
                "metadata.enabled", "false"));
  }

  /** {@code GET} of the path with a proof for the target; headers are separated by {@code |}. */
  private static HttpResponse<String> get(
      DpopClient client, String path, String target, String headers) {
    List<String> sent = new ArrayList<>(List.of("DPoP", client.proofOf(target).sign()));
    for (String header : headers.split("\\|", -1)) {
      sent.addAll(List.of(header.split(":", 2)));
    }
    return client.get(client.api().anonymous(), path, sent);
  }

  private static void assertServed(DpopClient client, String target, String headers) {
    assertDpopBound(get(client, "/me", target, headers), client.key().thumbprint());
  }

  private static void assertRefused(DpopClient client, String target, String headers) {
    assertInvalidProof(client.api(), () -> get(client, "/me", target, headers));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          https://api.example/me,      X-Forwarded-Proto:https|X-Forwarded-Host:api.example
          https://api.example/me,      X-Forwarded-Proto:HTTPS|X-Forwarded-Host:api.example:443
          https://api.example/me,      X-Forwarded-Proto:https|X-Forwarded-Host:api.example|X-Forwarded-Port:443
          https://api.example:8443/me, X-Forwarded-Proto:https|X-Forwarded-Host:api.example|X-Forwarded-Port:8443
          https://api.example:8443/me, X-Forwarded-Proto:https|X-Forwarded-Host:api.example:8443|X-Forwarded-Port:8443
          https://api.example/v1/me,   X-Forwarded-Proto:https|X-Forwarded-Host:api.example|X-Forwarded-Prefix:/v1
          https://api.example/v1/me,   X-Forwarded-Proto:https|X-Forwarded-Host:api.example|X-Forwarded-Prefix:/v1/
          https://api.example/me,      'X-Forwarded-Proto:http, https|X-Forwarded-Host:evil.example, api.example'
          http://api.example/me,       X-Forwarded-Proto:http|X-Forwarded-Host:api.example
          https://[2001:db8::1]:8443/me, X-Forwarded-Proto:https|X-Forwarded-Host:[2001:db8::1]|X-Forwarded-Port:8443
          """)
  default void aTrustedProxysHeadersCount(String target, String headers) {
    assertServed(client("x-forwarded", ProxyCases.PROXY), target, headers);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          https://api.example/me, proto=https;host=api.example
          https://api.example/me, 'for=192.0.2.60; proto=https ;by=203.0.113.43;host="api.example:443"'
          https://api.example/me, 'for=x;proto=http;host="e,vil;\\"example", PROTO=https;Host=api.example'
          """)
  default void aTrustedProxysForwardedFieldCounts(String target, String field) {
    assertServed(client("forwarded", ProxyCases.PROXY), target, "Forwarded:" + field);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          X-Forwarded-Host:api.example
          X-Forwarded-Proto:ftp|X-Forwarded-Host:api.example
          X-Forwarded-Proto:https|X-Forwarded-Proto:https|X-Forwarded-Host:api.example
          X-Forwarded-Proto:https|X-Forwarded-Host:api.example|X-Forwarded-Host:api.example
          X-Forwarded-Proto:https|X-Forwarded-Host:api.example:443|X-Forwarded-Port:8443
          X-Forwarded-Proto:https|X-Forwarded-Host:api.example|X-Forwarded-Port:
          X-Forwarded-Proto:https|X-Forwarded-Host:
          X-Forwarded-Proto:https|X-Forwarded-Host:api.example/me?
          X-Forwarded-Proto:https|X-Forwarded-Host:api.example|X-Forwarded-Prefix:v1
          X-Forwarded-Proto:https|X_Forwarded_Host:api.example
          Forwarded:proto=https;host=api.example
          """)
  default void whatIsTwofoldOrIllegibleLeavesTheTargetUnknown(String headers) {
    assertRefused(client("x-forwarded", ProxyCases.PROXY), EXTERNAL_ME, headers);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          host=api.example
          proto=https;proto=https;host=api.example
          proto="https;host=api.example
          ;
          ','
          'proto=https;host=api.example,;proto'
          'proto=https;host=api.example;=x'
          proto=https;host=api.example/
          'proto=https;host=api.example, for=192.0.2.60'
          """)
  default void aMalformedForwardedFieldLeavesTheTargetUnknown(String field) {
    assertRefused(client("forwarded", ProxyCases.PROXY), EXTERNAL_ME, "Forwarded:" + field);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          https://api.example/me, X-Forwarded-Proto:wss|X-Forwarded-Host:api.example
          http://api.example/me,  X-Forwarded-Proto:ws|X-Forwarded-Host:api.example
          https://api.example/me, X-Forwarded-Proto:WSS|X-Forwarded-Host:api.example|X-Forwarded-Port:443
          """)
  default void aWebSocketsSchemeIsThatOfItsHandshake_C22(String target, String headers) {
    assertServed(client("x-forwarded", ProxyCases.PROXY), target, headers);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          Forwarded:proto=wss;host=api.example
          Forwarded:for=1.2.3.4;;proto=https;host=api.example
          Forwarded:proto=https;host=api.example;
          Forwarded:;proto=https;host=api.example ; ;
          'Forwarded:proto=https;host=api.example,'
          'Forwarded:, , for=1.2.3.4;proto=https;host=api.example,,'
          'Forwarded:for=unknown, for=_hidden;by="_SEVKISEK";proto=https;host=api.example'
          Forwarded:proto=http;host=evil.example|Forwarded:for=1.2.3.4;proto=https;host=api.example
          Forwarded:proto=https;host=api.example|Forwarded:
          'Forwarded:for="[2001:db8::1]:47",proto=http|Forwarded:proto=https;host="api.example"|Forwarded:, ,'
          """)
  default void theLastElementOfAllForwardedFieldsCounts_C22_C23(String headers) {
    assertServed(client("forwarded", ProxyCases.PROXY), EXTERNAL_ME, headers);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          Forwarded:proto=https;host=api.example|Forwarded:for=1.2.3.4
          Forwarded:for="1.2.3.4|Forwarded:proto=https;host=api.example
          Forwarded:for=1.2.3.4;proto=https;host=api.example;proto=https
          Forwarded:for=1.2.3.4;host=x;host=api.example;proto=https
          Forwarded:
          """)
  default void aLastElementThatDoesNotSayItLeavesTheTargetUnknown_C23(String headers) {
    assertRefused(client("forwarded", ProxyCases.PROXY), EXTERNAL_ME, headers);
  }

  /** What ingress-nginx, OpenShift's router and Traefik send behind a mapped or an inner port. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          https://h.example:8443/me, X-Forwarded-Proto:https|X-Forwarded-Host:h.example:8443|X-Forwarded-Port:443
          https://h.example:8443/me, X-Forwarded-Proto:https|X-Forwarded-Host:h.example:8443|X-Forwarded-Port:10443
          https://h.example:8443/me, X-Forwarded-Proto:https|X-Forwarded-Host:h.example:8443|X-Forwarded-Port:80
          https://h.example/me,      X-Forwarded-Proto:https|X-Forwarded-Host:h.example|X-Forwarded-Port:80
          https://h.example/me,      X-Forwarded-Proto:https|X-Forwarded-Host:h.example:443|X-Forwarded-Port:80
          http://h.example/me,       X-Forwarded-Proto:http|X-Forwarded-Host:h.example|X-Forwarded-Port:443
          https://h.example:9443/me, X-Forwarded-Proto:https|X-Forwarded-Host:h.example|X-Forwarded-Port:9443
          """)
  default void thePortThatTheClientWroteCounts_C24(String target, String headers) {
    DpopClient client = client("x-forwarded", ProxyCases.PROXY);
    assertServed(client, target, headers);
    assertRefused(client, target.replaceFirst("example(:\\d+)?", "example:7443"), headers);
  }

  @ParameterizedTest
  @CsvSource({"x-forwarded", "forwarded"})
  default void nobodyElseIsBelieved(String kind) {
    DpopClient client = client(kind, ProxyCases.ELSEWHERE);
    String headers =
        "X-Forwarded-Proto:https|X-Forwarded-Host:api.example"
            + "|Forwarded:proto=https;host=api.example";
    assertRefused(client, EXTERNAL_ME, headers);
    assertServed(client, client.api().base() + "/me", headers);
  }

  /** The application sees the forwarding headers of a trusted proxy only. */
  @Test
  default void forgedForwardingIsHidden() {
    String headers = "X-Forwarded-Proto:https|X-Forwarded-Host:evil.example";
    for (String trusted : List.of(ProxyCases.PROXY, ProxyCases.ELSEWHERE)) {
      DpopClient client = client("x-forwarded", trusted);
      boolean believed = trusted.equals(ProxyCases.PROXY);
      String base = believed ? "https://evil.example" : client.api().base();
      String seen = get(client, "/seen", base + "/seen", headers).body();
      if (believed) {
        assertThat(seen).contains("x-forwarded-host: evil.example");
      } else {
        assertThat(seen).contains("authorization: ").doesNotContain("evil.example");
      }
    }
  }
}
