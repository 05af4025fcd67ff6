package dev.holdfast.events.message;

import static dev.holdfast.events.message.Specimens.CAEP;
import static dev.holdfast.events.message.Specimens.ISSUER;
import static dev.holdfast.events.message.Specimens.NOON;
import static dev.holdfast.events.message.Specimens.NOW;
import static dev.holdfast.events.message.Specimens.RISC;
import static dev.holdfast.events.message.Specimens.RULES;
import static dev.holdfast.events.message.Specimens.event;
import static dev.holdfast.events.message.Specimens.issSub;
import static dev.holdfast.events.message.Specimens.mutated;
import static dev.holdfast.events.message.Specimens.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.events.TokenMark;
import dev.holdfast.events.TokenMark.Kind;
import dev.holdfast.events.message.RejectedEventException.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a security event token demands, and which is none (RFC 8417). */
class SecurityEventTokenTest {
  private static final String REVOKED = CAEP + "session-revoked";

  private static SecurityEvent read(Map<String, Object> claims) throws RejectedEventException {
    return SecurityEventToken.read(claims, ISSUER, RULES);
  }

  private static TokenMark subject(String name) {
    return new TokenMark(ISSUER, Kind.SUBJECT, name);
  }

  @ParameterizedTest
  @CsvSource({
    "secevent+jwt, true",
    "application/secevent+jwt, true",
    "SECEVENT+JWT, true",
    "Application/SecEvent+jwt, true",
    "jwt, false",
    "logout+jwt, false",
    "at+jwt, false",
    "'', false",
    "secevent, false",
    "text/secevent+jwt, false",
    ", false"
  })
  void itIsKnownByItsType(String type, boolean known) {
    assertThat(SecurityEventToken.isTyped(type)).isEqualTo(known);
  }

  /** Those that revoke, and the member by which one may say that the tokens are spared. */
  @ParameterizedTest
  @CsvSource({
    "caep/event-type/session-revoked, , ,",
    "caep/event-type/token-claims-change, , ,",
    "caep/event-type/credential-change, , ,",
    "caep/event-type/assurance-level-change, change_direction, decrease, increase",
    "caep/event-type/device-compliance-change, current_status, not-compliant, compliant",
    "caep/event-type/risk-level-change, current_level, HIGH, LOW",
    "risc/event-type/account-credential-change-required, , ,",
    "risc/event-type/account-disabled, , ,",
    "risc/event-type/account-purged, , ,",
    "risc/event-type/credential-compromise, , ,",
    "risc/event-type/identifier-changed, , ,",
    "risc/event-type/identifier-recycled, , ,",
    "risc/event-type/sessions-revoked, , ,",
    "oauth/event-type/token-revoked, , ,",
    "oauth/event-type/tokens-revoked, , ,"
  })
  void theseTypesRevoke(String type, String member, String bad, String good)
      throws RejectedEventException {
    String uri = "https://schemas.openid.net/secevent/" + type;
    assertThat(read(event(uri, object())).marks()).containsExactly(subject("alice"));
    assertThat(read(event(uri, object())).isDemand()).isTrue();
    assertThat(read(event(uri + "x", object())).marks()).isEmpty();
    if (member != null) {
      assertThat(read(event(uri, object(member, bad))).marks()).hasSize(1);
      assertThat(read(event(uri, object(member, good))).marks()).isEmpty();
      assertThat(read(event(uri, object(member, good + "d"))).marks()).hasSize(1);
      assertThat(read(event(uri, object(member, List.of(good)))).marks()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://schemas.openid.net/secevent/caep/event-type/session-established",
        "https://schemas.openid.net/secevent/caep/event-type/session-presented",
        "https://schemas.openid.net/secevent/risc/event-type/account-enabled",
        "https://schemas.openid.net/secevent/risc/event-type/opt-in",
        "https://schemas.openid.net/secevent/risc/event-type/recovery-activated",
        "https://schemas.openid.net/secevent/ssf/event-type/verification",
        "https://schemas.openid.net/secevent/ssf/event-type/stream-updated",
        "https://example.com/of-tomorrow",
        "session-revoked"
      })
  void allOthersAreTakenAndRevokeNothing(String type) throws RejectedEventException {
    Map<String, Object> claims =
        mutated(event(type, object("state", "x")), map -> map.remove("sub_id"));
    assertThat(read(claims).marks()).isEmpty();
    assertThat(read(claims).isDemand()).isFalse();
    assertThat(read(claims).id()).isEqualTo("e1");
  }

  @Test
  void anUnknownTypeBesideAKnownOneIsIgnored() throws RejectedEventException {
    Map<String, Object> claims =
        mutated(
            event(REVOKED, object()),
            map -> map.put("events", object("urn:x", object(), REVOKED, object())));
    assertThat(read(claims).kinds()).containsExactly("session-revoked");
    assertThat(read(claims).marks()).containsExactly(subject("alice"));
  }

  static Stream<Arguments> subjects() {
    return Stream.of(
        Arguments.of(object(), object(), object("sub", "bob"), List.of(subject("bob"))),
        Arguments.of(
            object("subject", issSub(ISSUER, "carol")),
            object(),
            object(),
            List.of(subject("carol"))),
        Arguments.of(
            object("subject", issSub(ISSUER, "carol")),
            object("sub_id", issSub(ISSUER, "alice")),
            object("sub", "bob"),
            List.of(subject("alice"), subject("bob"), subject("carol"))));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void everySubjectThatIsNamedIsMeant(
      Map<String, Object> members,
      Map<String, Object> subId,
      Map<String, Object> sub,
      List<TokenMark> marks)
      throws RejectedEventException {
    Map<String, Object> claims =
        mutated(
            event(REVOKED, members),
            map -> {
              map.remove("sub_id");
              map.putAll(subId);
              map.putAll(sub);
            });
    assertThat(read(claims).marks()).containsExactlyInAnyOrderElementsOf(marks);
  }

  static Stream<Arguments> mutations() {
    return Stream.<Consumer<Map<String, Object>>>of(
            map -> map.remove("jti"),
            map -> map.put("jti", ""),
            map -> map.put("jti", 1L),
            map -> map.remove("iat"),
            map -> map.put("iat", "now"),
            map -> map.put("iat", NOW + 31),
            map -> map.put("iat", NOW - 7 * 24 * 3600 - 1),
            map -> map.put("exp", NOW),
            map -> map.put("exp", "later"),
            map -> map.put("toe", "then"),
            map -> map.put("toe", -1L),
            map -> map.put("txn", 1L),
            map -> map.remove("events"),
            map -> map.put("events", List.of(REVOKED)),
            map -> map.put("events", object()),
            map -> map.put("events", object(REVOKED, null)),
            map -> map.put("events", object(REVOKED, "x")),
            map -> map.put("events", object(REVOKED, object(), "urn:x", "x")),
            map -> map.put("events", object(REVOKED, object("event_timestamp", "then"))),
            map -> map.put("events", object(REVOKED, object("subject", "alice"))),
            map -> map.put("sub_id", "alice"),
            map -> map.put("sub", 1L),
            map -> map.remove("sub_id"))
        .map(mutation -> Arguments.of(mutation));
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void oneBrokenClaimRefusesIt(Consumer<Map<String, Object>> mutation)
      throws RejectedEventException {
    Map<String, Object> good = event(REVOKED, object());
    assertThat(read(good).marks()).hasSize(1);
    assertThatExceptionOfType(RejectedEventException.class)
        .isThrownBy(() -> read(mutated(good, mutation)))
        .matches(refused -> refused.reason() == Reason.INVALID_REQUEST)
        .matches(refused -> refused.rule().matches("[ -!#-\\[\\]-~]+"));
  }

  @Test
  void bothSidesOfEachTime() throws RejectedEventException {
    for (Map<String, Object> good :
        List.of(
            mutated(event(REVOKED, object()), map -> map.put("iat", NOW + 30)),
            mutated(event(REVOKED, object()), map -> map.put("iat", NOW - 7 * 24 * 3600)),
            mutated(event(REVOKED, object()), map -> map.put("exp", NOW + 1)),
            mutated(event(REVOKED, object()), map -> map.put("iat", NOW - 0.5)))) {
      assertThat(read(good).marks()).hasSize(1);
    }
  }

  private static Instant upTo(Object toe, Object timestamp) throws RejectedEventException {
    Map<String, Object> members =
        timestamp == null ? object() : object("event_timestamp", timestamp);
    return read(mutated(
            event(REVOKED, members),
            map -> {
              if (toe != null) {
                map.put("toe", toe);
              }
            }))
        .upTo();
  }

  @Test
  void theMomentIsThatOfTheEvent() throws RejectedEventException {
    assertThat(upTo(null, null)).isEqualTo(NOON);
    assertThat(upTo(NOW - 60, null)).isEqualTo(NOON.minusSeconds(60));
    assertThat(upTo(null, NOW - 50)).isEqualTo(NOON.minusSeconds(50));
    assertThat(upTo(null, (NOW - 50) * 1000)).isEqualTo(NOON.minusSeconds(50)); // of a draft
    assertThat(upTo(NOW - 60, NOW - 50)).isEqualTo(NOON.minusSeconds(50));
    assertThat(upTo(NOW - 40, NOW - 50)).isEqualTo(NOON.minusSeconds(40));
  }

  /** Otherwise a transmitter could keep somebody out for good. */
  @Test
  void theMomentIsNeverLaterThanNowByTheFastestClock() throws RejectedEventException {
    assertThat(upTo(NOW + 30, null)).isEqualTo(NOON.plusSeconds(30));
    assertThat(upTo(NOW + 3600, null)).isEqualTo(NOON.plusSeconds(30));
    assertThat(upTo(null, NOW + 3600)).isEqualTo(NOON.plusSeconds(30));
    assertThat(upTo(null, 4e15)).isEqualTo(NOON.plusSeconds(30));
  }

  @Test
  void aDeviceThatIsCompliantSparesTheTokensOfNobodyElse() throws RejectedEventException {
    Map<String, Object> claims =
        mutated(
            event(REVOKED, object()),
            map ->
                map.put(
                    "events",
                    object(
                        CAEP + "device-compliance-change",
                        object("current_status", "compliant"),
                        RISC + "account-disabled",
                        object())));
    assertThat(read(claims).kinds()).containsExactly("account-disabled");
  }
}
