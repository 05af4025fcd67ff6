package dev.holdfast.events;

import static dev.holdfast.events.Marked.ISSUER;
import static dev.holdfast.events.Marked.claims;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.AccessToken;
import dev.holdfast.PresentedToken;
import dev.holdfast.events.TokenMark.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenMarkTest {
  private static TokenMark mark(Kind kind, String value) {
    return new TokenMark(ISSUER, kind, value);
  }

  private static boolean isOn(TokenMark mark, AccessToken token) {
    return DigestedMark.onAnyOf(
            List.of(mark(Kind.SUBJECT, "nobody"), mark).stream().map(DigestedMark::of).toList())
        .test(token);
  }

  @ParameterizedTest
  @CsvSource({
    "SUBJECT, sub, alice, bob",
    "SUBJECT_WITHOUT_SESSION, sub, alice, bob",
    "SESSION, sid, s1, s2",
    "SESSION, session_state, s1, s2",
    "CLIENT, client_id, app, web",
    "CLIENT, azp, app, web",
    "EMAIL, email, Alice@Example.com, alice@example.net",
    "PHONE_NUMBER, phone_number, +1, +2",
    "JWT_ID, jti, t1, t2"
  })
  void itIsOnATokenWithThatClaimAndThatValue(Kind kind, String claim, String value, String other) {
    PresentedToken text = PresentedToken.of(PresentedToken.Scheme.BEARER, "a.b.c");
    assertThat(isOn(mark(kind, value), claims(claim, value))).isTrue();
    assertThat(TokenMark.of(text, claims(claim, value), true)).contains(mark(kind, value));
    assertThat(isOn(mark(kind, value), claims(claim, other))).isFalse();
    assertThat(TokenMark.of(text, claims(claim, other), true)).doesNotContain(mark(kind, value));
    assertThat(isOn(mark(kind, value), claims("x", value))).isFalse();
    assertThat(isOn(mark(kind, value), claims("iss", "https://other", claim, value))).isFalse();
  }

  @Test
  void aTokenThatNamesASessionIsNotOneWithout() {
    TokenMark without = mark(Kind.SUBJECT_WITHOUT_SESSION, "alice");
    assertThat(isOn(without, claims("sub", "alice"))).isTrue();
    assertThat(isOn(without, claims("sub", "alice", "sid", "s1"))).isFalse();
    assertThat(isOn(without, claims("sub", "alice", "sid", 7L))).isTrue(); // no text, no session
    assertThat(isOn(mark(Kind.SUBJECT, "alice"), claims("sub", "alice", "sid", "s1"))).isTrue();
  }

  @Test
  void theLetterCaseOfAnAddressDoesNotMatter() {
    TokenMark mark = mark(Kind.EMAIL, "alice@EXAMPLE.com");
    assertThat(isOn(mark, claims("email", "Alice@example.com"))).isTrue();
    assertThat(isOn(mark(Kind.SUBJECT, "Alice"), claims("sub", "alice"))).isFalse();
  }

  @Test
  void aLongValueIsKnownByItsDigest() {
    String shortest = "x".repeat(256);
    assertThat(mark(Kind.SUBJECT, shortest).value()).startsWith("sha256:").hasSize(50);
    assertThat(mark(Kind.SUBJECT, "x".repeat(255)).value()).hasSize(255);
    assertThat(isOn(mark(Kind.SUBJECT, shortest), claims("sub", shortest))).isTrue();
    assertThat(isOn(mark(Kind.SUBJECT, shortest), claims("sub", shortest + "x"))).isFalse();
    assertThat(mark(Kind.SUBJECT, shortest)).isNotEqualTo(mark(Kind.SUBJECT, shortest + "y"));
  }

  @Test
  void theTextOfATokenIsAMarkOfItsOwn() {
    PresentedToken text = PresentedToken.of(PresentedToken.Scheme.BEARER, "a.b.c");
    List<TokenMark> marks = TokenMark.of(text, claims(), true);
    assertThat(marks)
        .containsExactly(
            TokenMark.ofToken(ISSUER, text), TokenMark.ofSignedPart(ISSUER, "a.b.another"));
    assertThat(TokenMark.of(text, claims(), false))
        .containsExactly(TokenMark.ofToken(ISSUER, text));
    assertThat(marks).noneMatch(mark -> mark.value().contains("a.b"));
  }
}
