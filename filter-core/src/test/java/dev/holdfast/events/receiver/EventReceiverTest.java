package dev.holdfast.events.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.Sha256Digest;
import dev.holdfast.events.CachedTokens;
import dev.holdfast.events.LocalRevocations;
import dev.holdfast.events.RevocationStore;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.events.TokenMark;
import dev.holdfast.events.message.EventRules;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.jwt.keys.KeySet;
import dev.holdfast.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Deliveries by push (RFC 8935) and by back-channel logout, and what they are answered. */
class EventReceiverTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final long NOW = NOON.getEpochSecond();
  private static final String ISSUER = "https://as.example";
  private static final String OTHER = "https://other.example";
  private static final String AUDIENCE = "https://api.example/events";
  private static final String REVOKED =
      "https://schemas.openid.net/secevent/caep/event-type/session-revoked";
  private static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";
  private static final String SET = "application/secevent+jwt";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final ECKey KEY = key("k1");
  private static final ECKey STRANGER = key("k1");

  private final SettableClock clock = new SettableClock(NOON);
  private final Remembering store = new Remembering();
  private boolean keysAreDown;
  private EventIntake intake;
  private final EventReceiver receiver = receiver(null);

  /** A store that can be down. */
  private static final class Remembering implements RevocationStore {
    private final LocalRevocations store = new LocalRevocations();
    private boolean isDown;
    private int times;

    @Override
    public CompletableFuture<Void> remember(Collection<TokenMark> marks, Instant upTo) {
      if (isDown) {
        return CompletableFuture.failedFuture(new IssuerUnavailableException("down", null));
      }
      times++;
      return store.remember(marks, upTo);
    }

    @Override
    public CompletableFuture<Boolean> revokes(
        String issuer, Collection<TokenMark> marks, @Nullable Instant issuedAt) {
      return store.revokes(issuer, marks, issuedAt);
    }
  }

  private static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private SignerKeys keys() {
    try {
      KeySet keys = KeySet.parse(new JWKSet(KEY).toString(true).getBytes(StandardCharsets.UTF_8));
      return (jws, header) ->
          keysAreDown
              ? CompletableFuture.failedFuture(new IssuerUnavailableException("down", null))
              : CompletableFuture.completedFuture(
                  "ES256".equals(header.algorithm())
                      && keys.signed(SigningAlgorithm.ES256, header.keyId(), jws));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private EventReceiver receiver(@Nullable String authorization) {
    intake =
        new EventIntake(
            List.of(
                new Transmitter(ISSUER, Set.of(AUDIENCE, "client"), keys(), authorization),
                new Transmitter(OTHER, Set.of("https://api.example/other"), keys(), null)),
            new TokenEviction(store, CachedTokens.none(), clock),
            new EventRules(Duration.ofSeconds(30), clock));
    return new EventReceiver("/events", intake);
  }

  private static Map<String, Object> event() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("jti", "e1");
    claims.put("iat", NOW);
    claims.put("aud", AUDIENCE);
    claims.put("sub_id", Map.of("format", "iss_sub", "iss", ISSUER, "sub", "alice"));
    claims.put("events", Map.of(REVOKED, Map.of()));
    return claims;
  }

  private static Map<String, Object> logout() {
    Map<String, Object> claims = event();
    claims.remove("sub_id");
    claims.put("exp", NOW + 120);
    claims.put("aud", "client");
    claims.put("sub", "alice");
    claims.put("events", Map.of(LOGOUT, Map.of()));
    return claims;
  }

  private static String sign(ECKey key, @Nullable String type, Map<String, Object> claims) {
    try {
      JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID());
      if (type != null) {
        header.type(new JOSEObjectType(type));
      }
      JWSObject jws =
          new JWSObject(header.build(), new Payload(JSONObjectUtils.toJSONString(claims)));
      jws.sign(new ECDSASigner(key));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EventAnswer deliver(
      EventReceiver to, String type, String body, String... authorization) {
    return to.receive(
            new Delivery("POST", List.of(type), List.of(authorization)),
            body.getBytes(StandardCharsets.UTF_8))
        .toCompletableFuture()
        .join();
  }

  private EventAnswer push(Map<String, Object> claims) {
    return deliver(receiver, SET, sign(KEY, "secevent+jwt", claims));
  }

  private boolean isRevoked(String issuer, String subject) {
    return store
        .revokes(
            issuer,
            List.of(new TokenMark(issuer, TokenMark.Kind.SUBJECT, subject)),
            NOON.minusSeconds(1))
        .join();
  }

  private void assertNothingRevoked() {
    assertThat(store.times).isZero();
    assertThat(intake.statistics().revoked()).isZero();
  }

  @Test
  void anEventIsAcceptedWithoutABodyAndDone() {
    EventAnswer answer = push(event());
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    assertThat(isRevoked(ISSUER, "alice")).isTrue();
    assertThat(isRevoked(OTHER, "alice")).isFalse();
    assertThat(intake.statistics().revoked()).isEqualTo(1);
  }

  @Test
  void aLogoutIsAnsweredByOkAndDone() {
    for (String type : new String[] {null, "logout+jwt", "JWT"}) {
      Map<String, Object> claims = logout();
      claims.put("jti", "l-" + type);
      String form = "x=1&logout_token=" + sign(KEY, type, claims);
      EventAnswer answer = deliver(receiver, FORM + "; charset=UTF-8", form);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    }
    assertThat(isRevoked(ISSUER, "alice")).isTrue();
    assertThat(store.times).isEqualTo(3);
  }

  /** Each is one mutation of what is accepted above. */
  static Stream<Arguments> rejected() {
    return Stream.<Arguments>of(
        mutation("invalid_issuer", claims -> claims.put("iss", "https://foreign.example")),
        mutation("invalid_issuer", claims -> claims.put("iss", ISSUER + "/")),
        mutation("invalid_issuer", claims -> claims.put("iss", List.of(ISSUER))),
        mutation("invalid_issuer", claims -> claims.remove("iss")),
        mutation("invalid_audience", claims -> claims.put("aud", "https://api.example")),
        mutation("invalid_audience", claims -> claims.put("aud", List.of())),
        // issuer and audience count as a pair
        mutation("invalid_audience", claims -> claims.put("aud", "https://api.example/other")),
        mutation("invalid_audience", claims -> claims.put("iss", OTHER)),
        mutation("invalid_request", claims -> claims.remove("aud")),
        mutation("invalid_request", claims -> claims.put("iat", NOW + 31)),
        mutation("invalid_request", claims -> claims.put("iat", NOW - 8 * 24 * 3600)),
        mutation("invalid_request", claims -> claims.remove("jti")),
        mutation("invalid_request", claims -> claims.put("events", Map.of())),
        mutation("invalid_request", claims -> claims.remove("sub_id")),
        mutation(
            "access_denied",
            claims ->
                claims.put("sub_id", Map.of("format", "iss_sub", "iss", OTHER, "sub", "alice"))));
  }

  private static Arguments mutation(String error, Consumer<Map<String, Object>> mutation) {
    return Arguments.of(error, mutation);
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void oneMutationIsAnsweredByItsErrorAndNothingIsRevoked(
      String error, Consumer<Map<String, Object>> mutation) {
    Map<String, Object> claims = event();
    mutation.accept(claims);
    EventAnswer answer = push(claims);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
    assertThat(answer.body())
        .matches("\\{\"err\":\"" + error + "\",\"description\":\"[^\"\\\\]+\"}");
    assertThat(answer.headers())
        .containsEntry("Content-Length", String.valueOf(answer.body().length()));
    assertNothingRevoked();
    assertThat(intake.statistics().rejected()).isEqualTo(1);
  }

  @Test
  void aForgeryIsRejectedAndNothingIsRevoked() throws Exception {
    String good = sign(KEY, "secevent+jwt", event());
    String[] parts = good.split("\\.", -1);
    String otherClaims = sign(STRANGER, "secevent+jwt", logout()).split("\\.", -1)[1];
    JWSObject unsecured = JWSObject.parse(good);
    for (String forged :
        List.of(
            sign(STRANGER, "secevent+jwt", event()),
            parts[0] + '.' + otherClaims + '.' + parts[2])) {
      assertThat(deliver(receiver, SET, forged).body()).contains("\"err\":\"invalid_");
    }
    assertThat(deliver(receiver, SET, sign(STRANGER, "secevent+jwt", event())).body())
        .contains("invalid_key");
    String none =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"alg\":\"none\",\"typ\":\"secevent+jwt\"}".getBytes(StandardCharsets.UTF_8));
    for (String signature : List.of("", "AAAA", parts[2])) {
      EventAnswer answer =
          deliver(
              receiver, SET, none + '.' + unsecured.getPayload().toBase64URL() + '.' + signature);
      assertThat(answer.status()).isEqualTo(400);
    }
    assertNothingRevoked();
  }

  @Test
  void anotherKindOfTokenIsRejected() {
    for (String type : new String[] {null, "JWT", "at+jwt", "logout+jwt"}) {
      EventAnswer answer = deliver(receiver, SET, sign(KEY, type, event()));
      assertThat(answer.body()).contains("invalid_request");
    }
    for (String type : new String[] {"secevent+jwt", "at+jwt"}) {
      EventAnswer answer = deliver(receiver, FORM, "logout_token=" + sign(KEY, type, logout()));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).startsWith("{\"error\":\"invalid_request\"");
    }
    assertNothingRevoked();
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "x",
    "a.b.c",
    "logout_token",
    "logout_token=",
    "logout_token=%",
    "logout_token=a.b.c",
    "'logout_token=a.b.c&logout_token=a.b.c'"
  })
  void whatIsNoTokenIsRejected(String body) {
    assertThat(deliver(receiver, SET, body).body()).contains("\"err\":\"invalid_request\"");
    EventAnswer answer = deliver(receiver, FORM, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"error\":\"invalid_request\"");
    assertNothingRevoked();
  }

  @Test
  void twoLogoutTokensAreNone() {
    String token = "logout_token=" + sign(KEY, null, logout());
    assertThat(deliver(receiver, FORM, token + '&' + token).status()).isEqualTo(400);
    assertThat(deliver(receiver, FORM, token + "&logout%5Ftoken=x").status()).isEqualTo(400);
    assertNothingRevoked();
    assertThat(deliver(receiver, FORM, token.replace("_", "%5F")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, application/secevent+jwt, 405",
    "PUT, application/secevent+jwt, 405",
    "post, application/secevent+jwt, 405",
    "POST, application/json, 415",
    "POST, '', 415",
    "POST, application/jwt, 415",
    "POST, APPLICATION/SECEVENT+JWT, 400",
    "POST, application/secevent+jwt;charset=utf-8, 400"
  })
  void methodAndMediaTypeAreLookedAtBeforeTheBody(String method, String type, int status) {
    Delivery delivery = new Delivery(method, List.of(type), List.of());
    EventAnswer early = receiver.refusal(delivery);
    assertThat(early == null ? 400 : early.status()).isEqualTo(status);
    assertThat(receiver.receive(delivery, new byte[0]).toCompletableFuture().join().status())
        .isEqualTo(status);
  }

  @Test
  void twoMediaTypesAreNoneAndALargeBodyIsNotRead() {
    assertThat(receiver.refusal(new Delivery("POST", List.of(SET, SET), List.of())))
        .isNotNull()
        .matches(answer -> answer.status() == 415);
    String large = " ".repeat(EventReceiver.MAX_BODY_BYTES);
    assertThat(deliver(receiver, SET, large).status()).isEqualTo(400);
    assertThat(deliver(receiver, SET, large + ' ').status()).isEqualTo(413);
  }

  @Test
  void aPushHasToAuthenticateWhereThatIsDemanded() {
    EventReceiver closed = receiver("Bearer s3cr3t-of-the-push");
    String body = sign(KEY, "secevent+jwt", event());
    for (String[] wrong :
        new String[][] {
          {},
          {"Bearer s3cr3t-of-the-pusi"},
          {"Bearer s3cr3t-of-the-push "},
          {"bearer s3cr3t-of-the-push"},
          {"Bearer s3cr3t-of-the-push", "Bearer s3cr3t-of-the-push"}
        }) {
      EventAnswer answer = deliver(closed, SET, body, wrong);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).contains("\"err\":\"authentication_failed\"");
      assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer");
    }
    assertNothingRevoked();
    assertThat(deliver(closed, SET, body, "Bearer s3cr3t-of-the-push").status()).isEqualTo(202);
    assertThat(store.times).isEqualTo(1);
    // a logout token proves itself
    assertThat(deliver(closed, FORM, "logout_token=" + sign(KEY, null, logout())).status())
        .isEqualTo(200);
  }

  /** A transmitter may count its events and its logout tokens apart. */
  @Test
  void twoEventsOfOneNameAreBothDone() {
    assertThat(push(event()).status()).isEqualTo(202);
    Map<String, Object> other = event();
    other.put("iat", ((Number) other.get("iat")).longValue() - 1);
    assertThat(push(other).status()).isEqualTo(202);
    assertThat(store.times).isEqualTo(2);
  }

  @Test
  void aRepeatedDeliveryIsAcceptedAndNotDoneAgain() {
    assertThat(push(event()).status()).isEqualTo(202);
    assertThat(push(event()).status()).isEqualTo(202);
    assertThat(store.times).isEqualTo(1);
    assertThat(intake.statistics().replayed()).isEqualTo(1);
    Map<String, Object> next = event();
    next.put("jti", "e2");
    assertThat(push(next).status()).isEqualTo(202);
    assertThat(store.times).isEqualTo(2);
  }

  @Test
  void theSameIdentifierOfAnotherTransmitterIsAnotherEvent() {
    push(event());
    Map<String, Object> other = event();
    other.put("iss", OTHER);
    other.put("aud", List.of("x", "https://api.example/other"));
    other.put("sub_id", Map.of("format", "iss_sub", "iss", OTHER, "sub", "bob"));
    assertThat(push(other).status()).isEqualTo(202);
    assertThat(isRevoked(OTHER, "bob")).isTrue();
  }

  /** A receiver elsewhere recorded an event before it had acted, and lost the revocation. */
  @Test
  void anEventCountsAsDoneOnlyAfterItIsDone() {
    store.isDown = true;
    EventAnswer outage = push(event());
    assertThat(outage.status()).isEqualTo(503);
    assertThat(outage.headers()).containsEntry("Retry-After", "5");
    assertThat(intake.statistics().unavailable()).isEqualTo(1);
    store.isDown = false;
    assertThat(push(event()).status()).isEqualTo(202);
    assertThat(isRevoked(ISSUER, "alice")).isTrue();
  }

  @Test
  void withoutTheTransmittersKeysItIsToDeliverAgain() {
    keysAreDown = true;
    assertThat(push(event()).status()).isEqualTo(503);
    assertNothingRevoked();
    keysAreDown = false;
    assertThat(push(event()).status()).isEqualTo(202);
    assertThat(isRevoked(ISSUER, "alice")).isTrue();
  }

  @Test
  void anEventThatRevokesNothingIsTaken() {
    Map<String, Object> claims = event();
    claims.put(
        "events",
        Map.of(
            "https://schemas.openid.net/secevent/ssf/event-type/verification",
            Map.of("state", "x")));
    claims.put("sub_id", Map.of("format", "opaque", "id", "stream-1"));
    assertThat(push(claims).status()).isEqualTo(202);
    claims.put("events", Map.of(REVOKED, Map.of()));
    claims.put("jti", "e2");
    claims.put("sub_id", Map.of("format", "of_tomorrow"));
    assertThat(push(claims).status()).isEqualTo(202);
    assertNothingRevoked();
    assertThat(intake.statistics().without()).isEqualTo(2);
  }

  @Test
  void whatIsShownHasNoSecret() {
    assertThat(new Transmitter(ISSUER, Set.of("a"), keys(), "Bearer s3cr3t").toString())
        .doesNotContain("s3cr3t");
    assertThat(new Delivery("POST", List.of(SET), List.of("Bearer s3cr3t")).toString())
        .doesNotContain("s3cr3t");
  }

  @Test
  void theMemoryOfWhatIsDoneIsBounded() {
    DoneEvents done = new DoneEvents();
    for (int i = 0; i <= DoneEvents.MOST; i++) {
      done.add(digest(i));
    }
    assertThat(done.contains(digest(0))).isFalse();
    assertThat(done.contains(digest(1))).isTrue();
    assertThat(done.contains(digest(DoneEvents.MOST))).isTrue();
  }

  private static Sha256Digest digest(int number) {
    return Sha256Digest.of(new byte[] {(byte) (number >> 16), (byte) (number >> 8), (byte) number});
  }
}
