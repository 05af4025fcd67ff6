package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client without a token can find out (RFC 9728), C40. */
public interface MetadataCases extends WithFixture {
  /** Where the metadata of a resource without a path is. */
  String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  /** A resource with a path. */
  String RESOURCE = "https://api.example/v1";

  private Api described(String... more) {
    String[] settings = {
      "metadata.enabled", "true",
      "metadata.resource", RESOURCE,
      "metadata.scopes", "payments:read,payments:write",
      "metadata.documentation", "https://docs.example/?a=1&b=%222%22"
    };
    return fixture().api(joined(settings, more));
  }

  private Api forwarded(String trusted) {
    return fixture()
        .api(
            "metadata.enabled", "true",
            "proxies.trusted", trusted,
            "proxies.forwarding", "x-forwarded");
  }

  private static String[] joined(String[] some, String... more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private static String field(HttpResponse<?> response, String name) {
    return String.join(" | ", response.headers().allValues(name));
  }

  private static List<String> challenges(HttpResponse<?> response) {
    return response.headers().allValues("WWW-Authenticate");
  }

  @Test
  default void theDocumentNeedsNoTokenAndSaysWhatHolds_C40() {
    Api api = described();
    int before = api.reached();
    HttpResponse<String> response = api.anonymous().send("GET", WELL_KNOWN + "/v1");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response.body()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "resource",
                RESOURCE,
                "authorization_servers",
                List.of(fixture().issuer().issuer()),
                "bearer_methods_supported",
                List.of("header"),
                "scopes_supported",
                List.of("payments:read", "payments:write"),
                "resource_documentation",
                "https://docs.example/?a=1&b=%222%22",
                "tls_client_certificate_bound_access_tokens",
                true,
                "dpop_signing_alg_values_supported",
                List.of("ES256", "ES384", "EdDSA", "Ed25519", "PS256", "RS256"),
                "dpop_bound_access_tokens_required",
                false));
    assertThat(api.reached()).isEqualTo(before);
  }

  @Test
  default void theDocumentIsForEveryonesScripts_C40() {
    HttpResponse<String> response =
        described().anonymous().send("GET", WELL_KNOWN, "Origin", "https://app.example");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(field(response, "Content-Type")).isEqualTo("application/json");
    assertThat(field(response, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(field(response, "Cache-Control")).isEqualTo("max-age=60");
    assertThat(field(response, "Set-Cookie")).isEmpty();
  }

  @Test
  default void headIsGetWithoutTheDocument_C40() {
    Caller caller = described().anonymous();
    HttpResponse<String> get = caller.send("GET", WELL_KNOWN + "/v1");
    HttpResponse<String> head = caller.send("HEAD", WELL_KNOWN + "/v1");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(field(head, "Content-Length")).isEqualTo(String.valueOf(get.body().length()));
    assertThat(field(head, "Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get"})
  default void everyOtherMethodIsNotAllowed_C40(String method) {
    Api api = described();
    int before = api.reached();
    HttpResponse<String> response = api.anonymous().send(method, WELL_KNOWN + "/v1");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(field(response, "Allow")).isEqualTo("GET, HEAD");
    assertThat(response.body()).isEmpty();
    assertThat(api.reached()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2",
        "/v1/",
        "/v1/x",
        "/V1",
        "s",
        "/%761",
        "/v1/../v1",
        "/",
        "//v1",
        "/v1;x=1",
        "/v1%20"
      })
  default void noOtherPathIsThePlaceOfTheDocument_C40(String behind) {
    Api api = described();
    int before = api.reached();
    HttpResponse<String> response = api.anonymous().send("GET", WELL_KNOWN + behind);
    assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(api.reached()).isEqualTo(before);
  }

  @Test
  default void everyChallengeNamesTheDocument_C40() {
    Api api = described();
    String parameter =
        "resource_metadata=\"https://api.example/.well-known/oauth-protected-resource/v1\"";
    String token = fixture().issuer().jwt(fixture().boundClaims());
    for (HttpResponse<String> refused :
        List.of(
            api.rightful().send("GET", "/me"),
            api.thief().get("/me", token),
            api.rightful().send("GET", "/me", "Authorization", "Bearer a, Bearer b"),
            api.rightful().send("GET", "/me", "Authorization", "DPoP " + token))) {
      assertThat(challenges(refused))
          .hasSize(2)
          .allSatisfy(challenge -> assertThat(challenge).endsWith(parameter));
    }
    assertThat(challenges(api.rightful().send("GET", "/me")).get(0))
        .isEqualTo("Bearer " + parameter);
  }

  @Test
  default void withoutTheSettingNothingIsServed_C40() {
    Api api = fixture().api();
    assertThat(api.anonymous().send("GET", WELL_KNOWN).statusCode()).isEqualTo(401);
  }

  @Test
  default void withoutTheSettingNoChallengeNamesADocument_C40() {
    assertNamesNoDocument(fixture().api().anonymous().send("GET", "/me"));
  }

  private static void assertNamesNoDocument(HttpResponse<String> refused) {
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(challenges(refused))
        .isNotEmpty()
        .allSatisfy(challenge -> assertThat(challenge).doesNotContain("resource_metadata"));
  }

  @Test
  default void aStrangersHostIsNoResourcesName_C40() {
    Api api = described();
    RawResponse document =
        api.anonymous()
            .raw(
                "GET "
                    + WELL_KNOWN
                    + " HTTP/1.1\r\nHost: evil.example\r\n"
                    + "X-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n");
    assertThat(document.status()).isEqualTo(200);
    assertThat(document.text()).contains('"' + RESOURCE + '"').doesNotContain("evil.example");
    RawResponse refusal =
        api.anonymous().raw("GET /me HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.text()).contains("resource_metadata").doesNotContain("evil.example");
  }

  @ParameterizedTest
  @CsvSource({
    "api.example, '', https://api.example, ''",
    "api.example:8443, /v1, https://api.example:8443/v1, /v1",
    "'evil.example, api.example', '', https://api.example, ''"
  })
  default void aTrustedProxyNamesTheResource_C40(
      String host, String prefix, String resource, String path) {
    Api api = forwarded(ProxyCases.PROXY);
    String[] headers = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", host};
    if (!prefix.isEmpty()) {
      headers = joined(headers, "X-Forwarded-Prefix", prefix);
    }
    HttpResponse<String> document = api.anonymous().send("GET", WELL_KNOWN + path, headers);
    assertThat(document.statusCode()).isEqualTo(200);
    assertThat(json(document.body())).containsEntry("resource", resource);
    assertThat(field(document, "Vary")).contains("X-Forwarded-Host");
    String origin = resource.substring(0, resource.length() - path.length());
    assertThat(challenges(api.anonymous().send("GET", "/me", headers)))
        .isNotEmpty()
        .allSatisfy(
            challenge ->
                assertThat(challenge)
                    .endsWith("resource_metadata=\"" + origin + WELL_KNOWN + path + '"'));
  }

  /** The last ones are what a proxy has kept of its client's words, and what is no name. */
  @ParameterizedTest
  @CsvSource({
    "false, https, api.example, ''",
    "true, https, '', ''",
    "true, '', api.example, ''",
    "true, http, api.example, ''",
    "true, https, 'api.example\"x', ''",
    "true, https, api.example, '/v1\", x=\"'",
    "true, https, api.example, /../x"
  })
  default void whereNobodyNamesTheResourceNothingIsServed_C40(
      boolean trusted, String proto, String host, String prefix) {
    Api api = forwarded(trusted ? ProxyCases.PROXY : ProxyCases.ELSEWHERE);
    String[] headers = {"Accept", "*/*"};
    headers = proto.isEmpty() ? headers : joined(headers, "X-Forwarded-Proto", proto);
    headers = host.isEmpty() ? headers : joined(headers, "X-Forwarded-Host", host);
    headers = prefix.isEmpty() ? headers : joined(headers, "X-Forwarded-Prefix", prefix);
    assertThat(api.anonymous().send("GET", WELL_KNOWN, headers).statusCode())
        .isGreaterThanOrEqualTo(400);
    assertNamesNoDocument(api.anonymous().send("GET", "/me", headers));
  }

  @ParameterizedTest
  @CsvSource({
    "required, dpop, true, false",
    "required, 'dpop,certificate', false, true",
    "when-bound, dpop, false, false"
  })
  default void theMembersAreThoseOfThePolicy_C40(
      String policy, String methods, boolean dpopAlone, boolean certificates) {
    Api api = described("policy", policy, "methods", methods);
    Map<String, Object> members = json(api.anonymous().send("GET", WELL_KNOWN).body());
    assertThat(members)
        .containsEntry("dpop_bound_access_tokens_required", dpopAlone)
        .containsKey("dpop_signing_alg_values_supported");
    assertThat(members.get("tls_client_certificate_bound_access_tokens"))
        .isEqualTo(certificates ? true : null);
  }
}
