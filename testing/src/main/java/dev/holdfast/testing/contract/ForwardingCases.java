package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertDpopBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidProof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The target URI that a proxy's client asked for: a trusted proxy is believed, nobody else. */
interface ForwardingCases extends InScene {

  private Api forwarding(String kind, String trusted) {
    return scene().api("proxies.forwarding", kind, "proxies.trusted", trusted);
  }

  /** Calls {@code GET /me} with a proof for {@code target}. */
  private HttpResponse<String> call(Api api, DpopKey key, String target, String headers) {
    String token = scene().issuer().jwt(scene().claimsWithCnf(Map.of("jkt", key.thumbprint())));
    List<String> sent = new ArrayList<>();
    sent.addAll(List.of("Authorization", "DPoP " + token));
    sent.addAll(List.of("DPoP", key.proof("GET", target, token).sign()));
    for (String header : headers.split("\\|", -1)) {
      int colon = header.indexOf(':');
      sent.addAll(List.of(header.substring(0, colon), header.substring(colon + 1)));
    }
    return api.anonymous().send("GET", "/me", sent.toArray(String[]::new));
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
    DpopKey key = DpopKey.create();
    Api api = forwarding("x-forwarded", ProxyCases.PROXY);
    assertDpopBound(call(api, key, target, headers), key.thumbprint());
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
    DpopKey key = DpopKey.create();
    Api api = forwarding("forwarded", ProxyCases.PROXY);
    assertDpopBound(call(api, key, target, "Forwarded:" + field), key.thumbprint());
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
    Api api = forwarding("x-forwarded", ProxyCases.PROXY);
    assertInvalidProof(api, () -> call(api, DpopKey.create(), "https://api.example/me", headers));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          host=api.example
          proto=https;proto=https;host=api.example
          proto="https;host=api.example
          proto=https;host=api.example;
          'proto=https;host=api.example,'
          proto=https;host=api.example/
          'proto=https;host=api.example, for=192.0.2.60'
          """)
  default void aMalformedForwardedFieldLeavesTheTargetUnknown(String field) {
    Api api = forwarding("forwarded", ProxyCases.PROXY);
    assertInvalidProof(
        api, () -> call(api, DpopKey.create(), "https://api.example/me", "Forwarded:" + field));
  }

  @ParameterizedTest
  @CsvSource({"x-forwarded", "forwarded"})
  default void nobodyElseIsBelieved(String kind) {
    Api api = forwarding(kind, ProxyCases.ELSEWHERE);
    String headers =
        "X-Forwarded-Proto:https|X-Forwarded-Host:api.example"
            + "|Forwarded:proto=https;host=api.example";
    assertInvalidProof(api, () -> call(api, DpopKey.create(), "https://api.example/me", headers));
    DpopKey key = DpopKey.create();
    assertDpopBound(call(api, key, api.base() + "/me", headers), key.thumbprint());
  }

  /** The application sees the forwarding headers of a trusted proxy only. */
  @Test
  default void forgedForwardingIsHidden() {
    String headers = "X-Forwarded-Proto:https|X-Forwarded-Host:evil.example";
    for (String trusted : List.of(ProxyCases.PROXY, ProxyCases.ELSEWHERE)) {
      Api api = forwarding("x-forwarded", trusted);
      DpopKey key = DpopKey.create();
      String token = scene().issuer().jwt(scene().claimsWithCnf(Map.of("jkt", key.thumbprint())));
      boolean believed = trusted.equals(ProxyCases.PROXY);
      String base = believed ? "https://evil.example" : api.base();
      List<String> sent = new ArrayList<>();
      sent.addAll(List.of("Authorization", "DPoP " + token));
      sent.addAll(List.of("DPoP", key.proof("GET", base + "/seen", token).sign()));
      for (String header : headers.split("\\|", -1)) {
        sent.addAll(List.of(header.split(":", 2)));
      }
      String seen = api.anonymous().send("GET", "/seen", sent.toArray(String[]::new)).body();
      if (believed) {
        assertThat(seen).contains("x-forwarded-host: evil.example");
      } else {
        assertThat(seen).contains("authorization: ").doesNotContain("evil.example");
      }
    }
  }
}
