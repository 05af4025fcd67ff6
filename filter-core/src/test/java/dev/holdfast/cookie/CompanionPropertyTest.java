package dev.holdfast.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Sha256Digest;
import dev.holdfast.cookie.CompanionCheck.Holds;
import dev.holdfast.cookie.CookieBinder.CookieRequirement;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class CompanionPropertyTest {
  private static final Set<Binding> PROVEN =
      Set.of(new Binding(ConfirmationMethod.CERTIFICATE, Sha256Digest.of(new byte[1])));
  private static final CookieBinder BINDER =
      new CookieBinder(CookieSecrets.of(List.of("s".repeat(32))), CookieRequirement.REQUIRED);

  private static String issued(BoundCookie cookie, String scope) {
    return BINDER.bind(cookie, PROVEN, new CookieScope(scope)).orElseThrow();
  }

  @Property
  void whatIsIssuedIsAcceptedForThatCookieAlone(
      @ForAll @AlphaChars String name,
      @ForAll @AlphaChars String value,
      @ForAll @AlphaChars String otherValue,
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 80) String scope) {
    String companion = issued(new BoundCookie(name, value), scope);

    assertThat(BINDER.check(new BoundCookie(name, value), companion, PROVEN))
        .isInstanceOfSatisfying(
            Holds.class, holds -> assertThat(holds.scope().attributes()).isEqualTo(scope));
    assertThat(BINDER.check(new BoundCookie(name, otherValue), companion, PROVEN) instanceof Holds)
        .isEqualTo(otherValue.equals(value));
  }

  @Property
  void oneChangedCharacterSpoilsIt(
      @ForAll int position, @ForAll @CharRange(to = 127) char character) {
    BoundCookie cookie = new BoundCookie("SESSION", "5e55");
    String companion = issued(cookie, "Path=/; SameSite=Lax");
    int at = Math.floorMod(position, companion.length());
    StringBuilder changed = new StringBuilder(companion);
    changed.setCharAt(at, character);

    assertThat(BINDER.check(cookie, changed.toString(), PROVEN) instanceof Holds)
        .isEqualTo(companion.contentEquals(changed));
    assertThat(BINDER.check(cookie, companion.substring(0, at), PROVEN))
        .isNotInstanceOf(Holds.class);
    assertThat(BINDER.check(cookie, companion + character, PROVEN)).isNotInstanceOf(Holds.class);
  }

  @Property
  void whateverIsReadHasThatOneSpelling(
      @ForAll @CharRange(to = 127) @StringLength(max = 60) String text) {
    Companion.parse(text).ifPresent(read -> assertThat(read.text()).isEqualTo(text));
    Companion.parse("1.c." + text)
        .ifPresent(read -> assertThat(read.text()).isEqualTo("1.c." + text));
  }
}
