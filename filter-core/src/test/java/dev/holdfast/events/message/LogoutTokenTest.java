package dev.holdfast.events.message;

import static dev.holdfast.events.message.Specimens.CAEP;
import static dev.holdfast.events.message.Specimens.ISSUER;
import static dev.holdfast.events.message.Specimens.LOGOUT;
import static dev.holdfast.events.message.Specimens.NOON;
import static dev.holdfast.events.message.Specimens.NOW;
import static dev.holdfast.events.message.Specimens.RULES;
import static dev.holdfast.events.message.Specimens.logout;
import static dev.holdfast.events.message.Specimens.mutated;
import static dev.holdfast.events.message.Specimens.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.events.TokenMark;
import dev.holdfast.events.TokenMark.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenID Connect Back-Channel Logout 1.0 sections 2.4 and 2.6. */
class LogoutTokenTest {

  private static SecurityEvent read(Map<String, Object> claims) throws RejectedEventException {
    return LogoutToken.read(claims, ISSUER, RULES);
  }

  private static TokenMark mark(Kind kind, String value) {
    return new TokenMark(ISSUER, kind, value);
  }

  @ParameterizedTest
  @CsvSource({
    ", true",
    "logout+jwt, true",
    "application/logout+jwt, true",
    "JWT, true",
    "at+jwt, false",
    "secevent+jwt, false",
    "'', false"
  })
  void manyHaveNoTypeOfTheirOwn(String type, boolean taken) {
    assertThat(LogoutToken.isTyped(type)).isEqualTo(taken);
  }

  @Test
  void aSessionEndsWithTheTokensThatCannotNameOne() throws RejectedEventException {
    assertThat(read(logout()).marks())
        .containsExactlyInAnyOrder(
            mark(Kind.SESSION, "s1"), mark(Kind.SUBJECT_WITHOUT_SESSION, "alice"));
    assertThat(read(logout()).upTo()).isEqualTo(NOON);
    assertThat(read(mutated(logout(), map -> map.remove("sub"))).marks())
        .containsExactly(mark(Kind.SESSION, "s1"));
    assertThat(read(mutated(logout(), map -> map.remove("sid"))).marks())
        .containsExactly(mark(Kind.SUBJECT, "alice"));
  }

  static Stream<Arguments> mutations() {
    return Stream.<Consumer<Map<String, Object>>>of(
            map -> map.remove("jti"),
            map -> map.remove("iat"),
            map -> map.put("iat", NOW + 31),
            map -> map.put("iat", NOW - 7 * 24 * 3600 - 1),
            map -> map.remove("exp"),
            map -> map.put("exp", NOW),
            map -> map.put("nonce", "n"),
            map -> map.put("nonce", null),
            map -> map.remove("events"),
            map -> map.put("events", object()),
            map -> map.put("events", object(LOGOUT, true)),
            map -> map.put("events", object(CAEP + "session-revoked", object())),
            map -> map.put("events", List.of(LOGOUT)),
            map -> map.put("sid", 1L),
            map -> map.put("sub", ""),
            map -> map.keySet().removeAll(List.of("sub", "sid")))
        .map(mutation -> Arguments.of(mutation));
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void oneBrokenClaimRefusesIt(Consumer<Map<String, Object>> mutation)
      throws RejectedEventException {
    assertThat(read(logout()).marks()).isNotEmpty();
    assertThatExceptionOfType(RejectedEventException.class)
        .isThrownBy(() -> read(mutated(logout(), mutation)))
        .matches(refused -> refused.rule().matches("[ -!#-\\[\\]-~]+"));
  }

  @Test
  void anotherEventBesideTheLogoutIsIgnored() throws RejectedEventException {
    Map<String, Object> both = object(LOGOUT, object("x", 1L), "urn:x", object());
    assertThat(read(mutated(logout(), map -> map.put("events", both))).marks()).hasSize(2);
  }
}
