package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement;
import dev.holdfast.policy.BindingPolicy;
import dev.holdfast.servlet.HandshakeServer.Arrival;
import dev.holdfast.servlet.HandshakeServer.Installation;
import dev.holdfast.servlet.HandshakeServer.Installed;
import dev.holdfast.servlet.HandshakeServer.Kind;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.testing.Identity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A WebSocket's handshake is a request like any other: nobody's WebSocket support comes before. */
@Tag("whole")
class WebSocketHandshakeTest {
  private static final Identity OWNER = HandshakeServer.PKI.clientCertificate("CN=owner");
  private static final Identity THIEF = HandshakeServer.PKI.clientCertificate("CN=thief");

  static Stream<Arguments> everyWay() {
    List<Arguments> ways = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (Arrival arrival : Arrival.values()) {
        for (Installation installation : Installation.values()) {
          if (isMended(kind, installation)
              && (kind != Kind.UNDERTOW || arrival != Arrival.AFTER_START)) { // none is taken then
            ways.add(Arguments.of(kind, arrival, installation));
          }
        }
      }
    }
    return ways.stream();
  }

  /** In Undertow what is mapped by servlet comes last, whoever mapped it. */
  private static boolean isMended(Kind kind, Installation installation) {
    return kind != Kind.UNDERTOW || installation != Installation.BY_SERVLET;
  }

  /** A filter that is appended is too late for the session cookie's attributes. */
  static Stream<Arguments> everyWayForCookies() {
    return everyWay()
        .filter(
            way ->
                way.get()[1] != Arrival.LISTENER
                    && way.get()[2] != Installation.LAST
                    && way.get()[0] != Kind.JETTY_OWN_API);
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void aHandshakeNeedsAToken_C04(Kind kind, Arrival arrival, Installation installation)
      throws Exception {
    HoldfastFilter filter = tokenFilter();
    try (HandshakeServer server =
        HandshakeServer.start(
            kind,
            arrival,
            installation,
            new Installed(filter, context -> filter.register(context, "/api/*")))) {
      assertThat(handshake(server)).isEqualTo(401);
      assertThat(handshake(server, "Authorization", "Bearer token")).isEqualTo(101);
    }
  }

  @ParameterizedTest
  @MethodSource("everyWayForCookies")
  void aHandshakeWithAStolenSessionIsRefused_C04(
      Kind kind, Arrival arrival, Installation installation) throws Exception {
    BoundCookieFilter filter =
        BoundCookieFilter.builder()
            .names("JSESSIONID")
            .secrets("a secret that is long enough to be one")
            .build();
    try (HandshakeServer server =
        HandshakeServer.start(
            kind, arrival, installation, new Installed(filter, filter::register))) {
      HttpClient owner = client(OWNER);
      HttpResponse<String> page =
          owner.send(
              HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/page"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      String cookies =
          String.join(
              "; ",
              page.headers().allValues("set-cookie").stream()
                  .map(line -> line.split(";", 2)[0])
                  .toList());
      assertThat(cookies).contains("JSESSIONID=", "JSESSIONID-bound=");
      String secure = "wss://localhost:" + server.port();
      assertThat(handshake(client(THIEF), secure, "Cookie", cookies)).isIn(307, 403);
      assertThat(handshake(owner, secure, "Cookie", cookies)).isEqualTo(101);
    }
  }

  /** Jetty's own objects would show it to the endpoint; elsewhere the endpoint does not see it. */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"JETTY_OWN_API"},
      mode = EnumSource.Mode.EXCLUDE)
  void noEndpointSeesACookieThatIsNotItsCallers(Kind kind) throws Exception {
    BoundCookieFilter filter =
        BoundCookieFilter.builder()
            .names("JSESSIONID", "AUTH")
            .secrets("a secret that is long enough to be one")
            .build();
    try (HandshakeServer server =
        HandshakeServer.start(
            kind,
            Arrival.INITIALIZER,
            Installation.REGISTERED,
            new Installed(filter, filter::register))) {
      String secure = "wss://localhost:" + server.port();
      HandshakeServer.COOKIES_SEEN.clear();
      int answer = handshake(client(THIEF), secure, "Cookie", "AUTH=stolen; other=1");
      if (kind == Kind.JETTY) {
        assertThat(answer).isEqualTo(403);
        assertThat(HandshakeServer.COOKIES_SEEN).isEmpty();
      } else { // it may be the caller's own, of another application on the host
        assertThat(answer).isEqualTo(101);
        assertThat(HandshakeServer.COOKIES_SEEN).singleElement().asString().contains("other=1");
        assertThat(HandshakeServer.COOKIES_SEEN.toString()).doesNotContain("stolen");
      }
      assertThat(handshake(client(THIEF), secure, "Cookie", "other=1")).isEqualTo(101);
    }
  }

  @Test
  void whereTheOrderCannotBeMendedTheStartStops_C04() {
    HoldfastFilter filter = tokenFilter();
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(
            () ->
                HandshakeServer.start(
                    Kind.UNDERTOW,
                    Arrival.INITIALIZER,
                    Installation.BY_SERVLET,
                    new Installed(filter, context -> {})))
        .withStackTraceContaining("WebSocket handshakes would not pass the filter declared")
        .withStackTraceContaining("<url-pattern>");
  }

  private static HoldfastFilter tokenFilter() {
    return new HoldfastFilter(
        new BindingEnforcer(
            List.of(),
            FilterFixture.VALID,
            BindingPolicy.everywhere(
                new Requirement(
                    Requirement.Mode.WHEN_BOUND, Set.of(ConfirmationMethod.CERTIFICATE))),
            (evidence, decision) -> {}));
  }

  private static HttpClient client(Identity identity) {
    return HttpClient.newBuilder().sslContext(HandshakeServer.PKI.sslContext(identity)).build();
  }

  private static int handshake(HandshakeServer server, String... headers) {
    return handshake(HttpClient.newHttpClient(), "ws://localhost:" + server.plainPort(), headers);
  }

  private static int handshake(HttpClient client, String base, String... headers) {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    try {
      builder.buildAsync(URI.create(base + "/api/ws"), new WebSocket.Listener() {}).join().abort();
      return 101;
    } catch (CompletionException refused) {
      if (refused.getCause() instanceof WebSocketHandshakeException handshake) {
        return handshake.getResponse().statusCode();
      }
      throw refused;
    }
  }
}
