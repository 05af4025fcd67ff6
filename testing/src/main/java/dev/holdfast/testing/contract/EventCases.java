package dev.holdfast.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Security events that are pushed (RFC 8935), and logout tokens. */
public interface EventCases extends WithFixture {
  /** Where they are pushed to. */
  String EVENTS = "/security/events";

  /** What a security event token is sent as. */
  String SECURITY_EVENT = "application/secevent+jwt";

  /** What a logout token is sent in. */
  String FORM = "application/x-www-form-urlencoded";

  /** With what the transmitter authenticates. */
  String PUSH = "Bearer throw-away-push-secret";

  private Api receiving() {
    return fixture()
        .api(
            "events.path",
            EVENTS,
            "events.transmitters[0].issuer",
            fixture().issuer().issuer(),
            "events.transmitters[0].audiences",
            "https://api.example/events",
            "events.transmitters[0].push-authorization",
            PUSH);
  }

  /** Of a subject of its own, so that no case disturbs another. */
  private Map<String, Object> claims(String subject) {
    Map<String, Object> claims = fixture().boundClaims();
    claims.put("sub", subject);
    claims.put("sid", "session-of-" + subject);
    claims.put("iat", System.currentTimeMillis() / 1000 - 5);
    return claims;
  }

  private Map<String, Object> event(String subject) {
    String issuer = fixture().issuer().issuer();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", System.currentTimeMillis() / 1000);
    claims.put("aud", "https://api.example/events");
    claims.put("sub_id", Map.of("format", "iss_sub", "iss", issuer, "sub", subject));
    claims.put(
        "events",
        Map.of("https://schemas.openid.net/secevent/caep/event-type/session-revoked", Map.of()));
    return claims;
  }

  private String signed(String type, Map<String, Object> claims) {
    return fixture()
        .issuer()
        .sign(JWSAlgorithm.ES256, claims, header -> header.type(new JOSEObjectType(type)));
  }

  private HttpResponse<String> push(Api api, Map<String, Object> event) {
    return api.anonymous()
        .post(EVENTS, SECURITY_EVENT, signed("secevent+jwt", event), "Authorization", PUSH);
  }

  private static String newSubject() {
    return "user-" + UUID.randomUUID();
  }

  @Test
  default void anEventRefusesACachedTokenFromTheNextRequestOn() {
    Api api = receiving();
    String alice = newSubject();
    String token = fixture().issuer().jwt(claims(alice));
    String bobs = fixture().issuer().jwt(claims(newSubject()));
    assertThat(api.rightful().get("/me", token).statusCode()).isEqualTo(200);
    assertThat(api.rightful().get("/me", bobs).statusCode()).isEqualTo(200);
    int before = api.reached();
    HttpResponse<String> accepted = push(api, event(alice));
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.body()).isEmpty();
    assertThat(accepted.headers().firstValue("Set-Cookie")).isEmpty();
    HttpResponse<String> refused = api.rightful().get("/me", token);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(String.join(" ", refused.headers().allValues("WWW-Authenticate")))
        .contains("error=\"invalid_token\"")
        .doesNotContain("revoked");
    assertThat(api.reached()).isEqualTo(before);
    assertThat(api.rightful().get("/me", bobs).statusCode()).isEqualTo(200);
    Map<String, Object> later = claims(alice);
    later.put("iat", System.currentTimeMillis() / 1000 + 2);
    String issuedLater = fixture().issuer().jwt(later);
    assertThat(api.rightful().get("/me", issuedLater).statusCode()).isEqualTo(200);
  }

  @Test
  default void aLogoutTokenEndsItsSession() {
    Api api = receiving();
    String alice = newSubject();
    String token = fixture().issuer().jwt(claims(alice));
    Map<String, Object> elsewhere = claims(alice);
    elsewhere.put("sid", "another-session");
    String other = fixture().issuer().jwt(elsewhere);
    assertThat(api.rightful().get("/me", token).statusCode()).isEqualTo(200);
    assertThat(api.rightful().get("/me", other).statusCode()).isEqualTo(200);
    Map<String, Object> logout = event(alice);
    logout.remove("sub_id");
    logout.put("sub", alice);
    logout.put("sid", "session-of-" + alice);
    logout.put("exp", System.currentTimeMillis() / 1000 + 120);
    logout.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    HttpResponse<String> done =
        api.anonymous().post(EVENTS, FORM, "logout_token=" + signed("logout+jwt", logout));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(api.rightful().get("/me", token).statusCode()).isEqualTo(401);
    assertThat(api.rightful().get("/me", other).statusCode()).isEqualTo(200);
  }

  private void assertRejected(String error, Consumer<Map<String, Object>> mutation) {
    Api api = receiving();
    String alice = newSubject();
    String token = fixture().issuer().jwt(claims(alice));
    assertThat(api.rightful().get("/me", token).statusCode()).isEqualTo(200);
    Map<String, Object> event = event(alice);
    mutation.accept(event);
    HttpResponse<String> rejected = push(api, event);
    assertThat(rejected.statusCode()).isEqualTo(400);
    assertThat(rejected.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(rejected.body()).contains("\"err\":\"" + error + '"');
    assertThat(api.rightful().get("/me", token).statusCode()).isEqualTo(200);
  }

  @Test
  default void aForeignIssuersEventRevokesNothing() {
    assertRejected("invalid_issuer", event -> event.put("iss", "https://foreign.example"));
  }

  @Test
  default void anEventForAnotherAudienceRevokesNothing() {
    assertRejected("invalid_audience", event -> event.put("aud", "https://api.example"));
  }

  @Test
  default void anOldEventRevokesNothing() {
    assertRejected(
        "invalid_request",
        event -> event.put("iat", System.currentTimeMillis() / 1000 - 8 * 24 * 3600));
  }

  @Test
  default void aForgedEventRevokesNothing() {
    Api api = receiving();
    String alice = newSubject();
    String token = fixture().issuer().jwt(claims(alice));
    assertThat(api.rightful().get("/me", token).statusCode()).isEqualTo(200);
    String[] event = signed("secevent+jwt", event(alice)).split("\\.", -1);
    String[] other = signed("secevent+jwt", event(newSubject())).split("\\.", -1);
    String forged = event[0] + '.' + event[1] + '.' + other[2];
    HttpResponse<String> rejected =
        api.anonymous().post(EVENTS, SECURITY_EVENT, forged, "Authorization", PUSH);
    assertThat(rejected.statusCode()).isEqualTo(400);
    assertThat(rejected.body()).contains("\"err\":\"invalid_key\"");
    assertThat(api.rightful().get("/me", token).statusCode()).isEqualTo(200);
  }

  @Test
  default void aReplayIsAcceptedAndRevokesNothingMore() {
    Api api = receiving();
    String alice = newSubject();
    Map<String, Object> event = event(alice);
    assertThat(push(api, event).statusCode()).isEqualTo(202);
    Map<String, Object> later = claims(alice);
    later.put("iat", System.currentTimeMillis() / 1000 + 2);
    String issuedLater = fixture().issuer().jwt(later);
    assertThat(api.rightful().get("/me", issuedLater).statusCode()).isEqualTo(200);
    assertThat(push(api, event).statusCode()).isEqualTo(202);
    assertThat(api.rightful().get("/me", issuedLater).statusCode()).isEqualTo(200);
  }

  @Test
  default void whoeverCannotAuthenticateRevokesNothing() {
    Api api = receiving();
    String alice = newSubject();
    String token = fixture().issuer().jwt(claims(alice));
    String event = signed("secevent+jwt", event(alice));
    for (String[] field :
        List.of(new String[0], new String[] {"Authorization", "Bearer " + token})) {
      HttpResponse<String> refused = api.anonymous().post(EVENTS, SECURITY_EVENT, event, field);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).contains("authentication_failed");
    }
    assertThat(api.rightful().get("/me", token).statusCode()).isEqualTo(200);
  }

  @Test
  default void theReceiverTakesNothingElse() {
    Api api = receiving();
    int before = api.reached();
    HttpResponse<String> get = api.anonymous().send("GET", EVENTS);
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().allValues("Allow")).containsExactly("POST");
    assertThat(api.anonymous().post(EVENTS, "application/json", "{}").statusCode()).isEqualTo(415);
    assertThat(api.anonymous().post(EVENTS, FORM, "a=b").statusCode()).isEqualTo(400);
    String large = "x".repeat(64 * 1024 + 1);
    assertThat(api.anonymous().post(EVENTS, SECURITY_EVENT, large).statusCode()).isEqualTo(413);
    assertThat(api.reached()).isEqualTo(before);
  }

  /** The receiver opens one path, and none that looks like it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/security/events/",
        "/security/events/x",
        "/security/event%73",
        "/security/events;x=1",
        "/security//events",
        "/security/./events",
        "/security/Events",
        "/x/security/events",
        "/me/../security/events"
      })
  default void noOtherPathIsTheReceivers(String path) {
    Api api = receiving();
    String alice = newSubject();
    String token = fixture().issuer().jwt(claims(alice));
    int before = api.reached();
    HttpResponse<String> response =
        api.anonymous()
            .post(
                path, SECURITY_EVENT, signed("secevent+jwt", event(alice)), "Authorization", PUSH);
    assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(api.reached()).isEqualTo(before);
    assertThat(api.rightful().get("/me", token).statusCode()).isEqualTo(200);
  }

  @Test
  default void withoutTheSettingThereIsNoReceiver() {
    Api api = fixture().api();
    String event = signed("secevent+jwt", event(newSubject()));
    assertThat(api.anonymous().post(EVENTS, SECURITY_EVENT, event).statusCode())
        .isIn(401, 403); // Spring's protection of forms answers first
  }
}
