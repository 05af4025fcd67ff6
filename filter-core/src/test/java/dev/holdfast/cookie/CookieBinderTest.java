package dev.holdfast.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Sha256Digest;
import dev.holdfast.cookie.CompanionCheck.Holds;
import dev.holdfast.cookie.CompanionCheck.Refused;
import dev.holdfast.cookie.CompanionCheck.Vouched;
import dev.holdfast.cookie.CookieBinder.CookieRequirement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieBinderTest {
  private static final String OLD = "an old secret that is long enough to be one";
  private static final String NEW = "a newer secret that is long enough to be one";
  private static final BoundCookie COOKIE = new BoundCookie("SESSION", "5e55");
  private static final CookieScope SCOPE = new CookieScope("Path=/; SameSite=Lax");
  private static final Binding CERTIFICATE = binding(ConfirmationMethod.CERTIFICATE, 1);
  private static final Binding TOKEN_BINDING = binding(ConfirmationMethod.TOKEN_BINDING, 2);

  private final CookieBinder binder = binder(CookieRequirement.REQUIRED, NEW);
  private final String companion = binder.bind(COOKIE, Set.of(CERTIFICATE), SCOPE).orElseThrow();

  private static CookieBinder binder(CookieRequirement requirement, String... secrets) {
    return new CookieBinder(CookieSecrets.of(List.of(secrets)), requirement);
  }

  private static Binding binding(ConfirmationMethod method, int key) {
    return new Binding(method, Sha256Digest.of(new byte[] {(byte) key}));
  }

  @Test
  void theKeyThatItWasIssuedToOpensIt() {
    assertThat(binder.check(COOKIE, companion, Set.of(CERTIFICATE)))
        .isEqualTo(new Holds(Vouched.BY_CURRENT_SECRET, Set.of(CERTIFICATE), SCOPE));
  }

  @Test
  void moreProvenKeysDoNoHarm() {
    assertThat(binder.check(COOKIE, companion, Set.of(CERTIFICATE, TOKEN_BINDING)))
        .isInstanceOf(Holds.class);
  }

  @Test
  void anotherKeyOfTheSameKindOpensNothing() {
    Binding another = binding(ConfirmationMethod.CERTIFICATE, 3);
    assertThat(binder.check(COOKIE, companion, Set.of(another))).isInstanceOf(Refused.class);
  }

  @Test
  void theSameDigestByAnotherMethodOpensNothing() {
    Binding another = new Binding(ConfirmationMethod.TOKEN_BINDING, CERTIFICATE.digest());
    assertThat(binder.check(COOKIE, companion, Set.of(another))).isInstanceOf(Refused.class);
    String relabelled = companion.replaceFirst("^1\\.c", "1.t");
    assertThat(binder.check(COOKIE, relabelled, Set.of(another))).isInstanceOf(Refused.class);
  }

  @Test
  void noKeyOpensNothing() {
    assertThat(binder.check(COOKIE, companion, Set.of())).isInstanceOf(Refused.class);
  }

  @Test
  void aCookieBoundToBothNeedsBoth() {
    Set<Binding> both = Set.of(CERTIFICATE, TOKEN_BINDING);
    String bound = binder.bind(COOKIE, both, SCOPE).orElseThrow();
    assertThat(bound).startsWith("1.tc.");
    assertThat(binder.check(COOKIE, bound, both)).isInstanceOf(Holds.class);
    assertThat(binder.check(COOKIE, bound, Set.of(CERTIFICATE))).isInstanceOf(Refused.class);
    assertThat(binder.check(COOKIE, bound, Set.of(TOKEN_BINDING))).isInstanceOf(Refused.class);
    String lessened = bound.replaceFirst("^1\\.tc", "1.c");
    assertThat(binder.check(COOKIE, lessened, Set.of(CERTIFICATE))).isInstanceOf(Refused.class);
  }

  @Test
  void anotherNameValueOrScopeOpensNothing() {
    Set<Binding> proven = Set.of(CERTIFICATE);
    assertThat(binder.check(new BoundCookie("SESSIO", "N5e55"), companion, proven))
        .as("the boundary between name and value moved")
        .isInstanceOf(Refused.class);
    assertThat(binder.check(new BoundCookie("SESSION", "5e56"), companion, proven))
        .isInstanceOf(Refused.class);
    String[] parts = companion.split("\\.", -1);
    String other = binder.bind(COOKIE, proven, new CookieScope("Path=/x")).orElseThrow();
    String mixed = "1.c." + other.split("\\.", -1)[2] + '.' + parts[3];
    assertThat(binder.check(COOKIE, mixed, proven)).isInstanceOf(Refused.class);
  }

  @Test
  void anOldSecretStillChecksAndSaysSo() {
    String old =
        binder(CookieRequirement.REQUIRED, OLD)
            .bind(COOKIE, Set.of(CERTIFICATE), SCOPE)
            .orElseThrow();
    assertThat(binder.check(COOKIE, old, Set.of(CERTIFICATE))).isInstanceOf(Refused.class);
    assertThat(binder(CookieRequirement.REQUIRED, NEW, OLD).check(COOKIE, old, Set.of(CERTIFICATE)))
        .isEqualTo(new Holds(Vouched.BY_OLD_SECRET, Set.of(CERTIFICATE), SCOPE));
  }

  @Test
  void withoutAKeyItIsIssuedOnlyWhereNoneIsRequired() {
    assertThat(binder.bind(COOKIE, Set.of(), SCOPE)).isEmpty();
    CookieBinder lenient = binder(CookieRequirement.WHEN_PROVEN, NEW);
    String unbound = lenient.bind(COOKIE, Set.of(), SCOPE).orElseThrow();
    assertThat(lenient.check(COOKIE, unbound, Set.of())).isInstanceOf(Holds.class);
    assertThat(lenient.check(COOKIE, companion, Set.of())).isInstanceOf(Refused.class);
    assertThat(binder.check(COOKIE, unbound, Set.of(CERTIFICATE))).isInstanceOf(Refused.class);
    String freed = companion.replaceFirst("^1\\.c", "1.-");
    assertThat(lenient.check(COOKIE, freed, Set.of())).isInstanceOf(Refused.class);
  }

  @Test
  void oneIssuedToNoKeyIsNotTakenForOneOfAKeyThatIsMissing() {
    String unbound =
        binder(CookieRequirement.WHEN_PROVEN, NEW).bind(COOKIE, Set.of(), SCOPE).orElseThrow();
    String relabelled = unbound.replaceFirst("^1\\.-", "1.c");
    assertThat(binder.check(COOKIE, relabelled, Set.of())).isInstanceOf(Refused.class);
  }

  @Test
  void secretsAreLongFewAndDifferent() {
    assertThatIllegalArgumentException().isThrownBy(() -> CookieSecrets.of(List.of()));
    CookieSecrets.of(List.of("x".repeat(32)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CookieSecrets.of(List.of("x".repeat(31))));
    assertThatIllegalArgumentException().isThrownBy(() -> CookieSecrets.of(List.of(NEW, NEW)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CookieSecrets.of(
                    java.util.stream.IntStream.range(0, 9)
                        .mapToObj(i -> i + "x".repeat(32))
                        .toList()));
  }

  @Test
  void nothingPrintsASecret_T102() {
    assertThat(CookieSecrets.of(List.of(NEW)).toString()).doesNotContain("newer");
    assertThat(COOKIE.toString()).doesNotContain(COOKIE.value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Path=/\r\nX: y", "Path=/\u00e9", "Path=/\u0000"})
  void aScopeThatCouldNotStandInAHeaderIsRefused(String attributes) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CookieScope(attributes));
  }
}
