package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cookie.CookieBinder;
import dev.holdfast.testing.Identity;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections without TLS, and evidence of a proxy before the server, right and wrong. */
interface CookieTransportCases extends WithCookieFixture {

  @Test
  default void noSessionIsAcceptedOverPlainHttp() {
    Browser owner = fixture().signedIn();
    Browser plain = fixture().browser(CookieFixture.OWNER).withStolen(owner).plainly();
    int reached = fixture().reached();

    assertThat(plain.get("/me").statusCode()).isEqualTo(403);
    assertThat(fixture().reached()).isEqualTo(reached);
    assertThat(plain.cookies()).isEmpty();
    assertThat(plain.page("/me")).isEqualTo("nobody");
    assertThat(owner.page("/me")).isEqualTo("alice");
  }

  @Test
  default void noCookieOfTheApplicationIsAcceptedOverPlainHttp() {
    Browser owner = fixture().browser(CookieFixture.OWNER);
    owner.get("/set?how=cookie&value=v1");
    Browser plain = fixture().browser(CookieFixture.OWNER).withStolen(owner).plainly();

    assertThat(plain.page("/seen")).isEqualTo("none none");
    assertThat(plain.cookies()).isEmpty();
    assertThat(owner.page("/seen")).isEqualTo("APP APP");
  }

  /** The cookie needs no key, as its browser proved none, but it does need TLS. */
  @Test
  default void norWhereOnlyTheRequestsOwnLineSaysHttps() throws IOException {
    try (StartedServer server =
        fixture()
            .server(
                builder ->
                    builder
                        .secrets(CookieFixture.NEW)
                        .requirement(CookieBinder.CookieRequirement.WHEN_PROVEN))) {
      Browser owner = fixture().browser(server, null, HttpClient.Version.HTTP_1_1);
      owner.get("/set?how=cookie&value=v1");
      assertThat(owner.page("/seen")).isEqualTo("APP APP");
      assertThat(owner.cookies()).containsKeys("APP", "APP-bound");
      String stolen = "cookie: " + owner.cookieField();

      assertThat(
              RawHttp.http1(
                  RawHttp.clear(server.plainPort()),
                  "https://localhost/seen",
                  "localhost",
                  List.of(stolen)))
          .isIn("none none", RawHttp.REFUSED);
      List<String> line = List.of(":method: GET", ":path: /seen", ":authority: localhost");
      for (String scheme : List.of("https", "http")) {
        List<String> fields = new ArrayList<>(line);
        fields.addAll(List.of(":scheme: " + scheme, stolen));
        assertThat(RawHttp.http2(RawHttp.clear(server.plainPort()), fields))
            .as(scheme)
            .isIn("none none", RawHttp.REFUSED);
      }
      assertThat(owner.page("/seen")).isEqualTo("APP APP");
    }
  }

  @ParameterizedTest
  @EnumSource
  default void nothingIsIssuedOverPlainHttp(CookieBinder.CookieRequirement requirement) {
    try (StartedServer server =
        fixture().server(builder -> builder.secrets(CookieFixture.NEW).requirement(requirement))) {
      Browser plain =
          fixture().browser(server, CookieFixture.OWNER, HttpClient.Version.HTTP_1_1).plainly();
      HttpResponse<String> login = plain.get("/login?user=alice");
      assertThat(login.body()).isEqualTo("welcome");
      assertThat(Browser.lines(login, CookieFixture.COMPANION)).isEmpty();
      assertThat(plain.cookies()).isEmpty();
      for (String how : new String[] {"cookie", "header", "setHeader"}) {
        assertThat(plain.get("/set?how=" + how + "&value=v1").headers().allValues("set-cookie"))
            .isEmpty();
      }
    }
  }

  /** A server whose proxy, on this machine, ends TLS and sends the certificate in a header. */
  private StartedServer behindAProxy() {
    Map<String, String> cookies =
        Map.of("cookies.names", "JSESSIONID", "cookies.secrets", CookieFixture.NEW);
    Map<String, String> sources =
        Map.of(
            "certificate.source", "header",
            "certificate.header.format", "rfc9440",
            "proxies.trusted", "127.0.0.1, ::1");
    return fixture().configured(cookies, sources);
  }

  private static String certificate(Identity identity) {
    try {
      return ':' + Base64.getEncoder().encodeToString(identity.certificate().getEncoded()) + ':';
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Between proxy and server there is no TLS; the key is proven all the same. */
  @Test
  default void aKeyThatATrustedProxyVouchesForIsOne() {
    try (StartedServer server = behindAProxy()) {
      Browser owner = fixture().browser(server, null, HttpClient.Version.HTTP_1_1).plainly();
      String proven = certificate(CookieFixture.OWNER);
      owner.get("/login?user=alice", "Client-Cert", proven);
      assertThat(owner.get("/me", "Client-Cert", proven).body()).isEqualTo("alice");

      Browser thief =
          fixture().browser(server, null, HttpClient.Version.HTTP_1_1).plainly().withStolen(owner);
      int reached = server.reached();
      assertThat(thief.get("/me", "Client-Cert", certificate(CookieFixture.THIEF)).statusCode())
          .isEqualTo(307);
      thief.withStolen(owner);
      assertThat(thief.get("/me").statusCode()).isEqualTo(403);
      assertThat(server.reached()).isEqualTo(reached);
      assertThat(owner.get("/me", "Client-Cert", proven).body()).isEqualTo("alice");
    }
  }

  /** A server that reads the scheme from where these settings say; no key is needed. */
  private StartedServer lenient(Map<String, String> sources) {
    Map<String, String> cookies =
        Map.of(
            "cookies.names", "JSESSIONID",
            "cookies.secrets", CookieFixture.NEW,
            "cookies.policy", "when-proven");
    return fixture().configured(cookies, sources);
  }

  private void isServedOverTls(
      boolean served, Map<String, String> sources, boolean tls, String... headers) {
    try (StartedServer server = lenient(sources)) {
      Browser browser = fixture().browser(server, null, HttpClient.Version.HTTP_1_1);
      Browser caller = tls ? browser : browser.plainly();
      caller.get("/login?user=alice", headers);
      assertThat(caller.cookies().containsKey(CookieFixture.COMPANION)).isEqualTo(served);
      assertThat(caller.get("/me", headers).body()).isEqualTo(served ? "alice" : "nobody");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x-forwarded, X-Forwarded-Proto, https, true",
    "x-forwarded, X-Forwarded-Proto, wss, true",
    "x-forwarded, X-Forwarded-Proto, 'http, https', true",
    "x-forwarded, X-Forwarded-Proto, http, false",
    "x-forwarded, X-Forwarded-Proto, htt ps, false",
    "x-forwarded, Forwarded, proto=https, false",
    "forwarded, Forwarded, proto=https, true",
    "forwarded, Forwarded, proto=http, false",
    "forwarded, Forwarded, 'proto=\"https', false",
    "forwarded, Forwarded, for=192.0.2.1, false",
    "forwarded, X-Forwarded-Proto, https, false",
    "none, X-Forwarded-Proto, https, false"
  })
  default void aTrustedProxysSchemeCounts(
      String forwarding, String header, String said, boolean counts) {
    isServedOverTls(
        counts,
        Map.of("proxies.trusted", "127.0.0.1, ::1", "proxies.forwarding", forwarding),
        false,
        header,
        said);
  }

  @ParameterizedTest
  @CsvSource({"x-forwarded, X-Forwarded-Proto, https", "forwarded, Forwarded, proto=https"})
  default void nobodyElsesDoes(String forwarding, String header, String said) {
    isServedOverTls(
        false,
        Map.of("proxies.trusted", "192.0.2.1", "proxies.forwarding", forwarding),
        false,
        header,
        said);
  }

  /** What is said twice is not said; what is not said leaves the connection. */
  @Test
  default void whatATrustedProxyLeavesOpenIsNotHttps() {
    Map<String, String> trusting =
        Map.of("proxies.trusted", "127.0.0.1, ::1", "proxies.forwarding", "x-forwarded");
    String proto = "X-Forwarded-Proto";
    isServedOverTls(false, trusting, false, proto, "https", proto, "https");
    isServedOverTls(false, trusting, true, proto, "http");
    isServedOverTls(false, trusting, false);
    isServedOverTls(true, trusting, true);
  }

  @Test
  default void theConfiguredBasesSchemeCounts() {
    isServedOverTls(true, Map.of("proxies.external-uri", "https://api.example"), false);
    isServedOverTls(false, Map.of("proxies.external-uri", "http://localhost"), false);
    isServedOverTls(true, Map.of("proxies.external-uri", "http://localhost"), true);
    isServedOverTls(
        false,
        Map.of(
            "proxies.external-uri", "https://api.example",
            "proxies.trusted", "192.0.2.1"),
        false);
  }

  /** Not even a page that needs no cookie: who sends wrong evidence is refused as such. */
  @ParameterizedTest
  @ValueSource(strings = {":bm8gY2VydGlmaWNhdGU=:", "no byte sequence"})
  default void wrongEvidenceRefusesTheRequest(String evidence) {
    try (StartedServer server = behindAProxy()) {
      Browser owner = fixture().browser(server, null, HttpClient.Version.HTTP_1_1).plainly();
      String proven = certificate(CookieFixture.OWNER);
      owner.get("/login?user=alice", "Client-Cert", proven);
      Map<String, String> issued = Map.copyOf(owner.cookies());
      int reached = server.reached();

      for (String path : new String[] {"/me", "/login?user=mallory", "/set?how=cookie&value=v"}) {
        HttpResponse<String> refused = owner.get(path, "Client-Cert", evidence);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().allValues("set-cookie")).isEmpty();
      }
      assertThat(server.reached()).isEqualTo(reached);
      assertThat(owner.cookies()).isEqualTo(issued);
      assertThat(owner.get("/me", "Client-Cert", proven).body()).isEqualTo("alice");
    }
  }
}
