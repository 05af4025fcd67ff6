package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.Requirement.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules demand of tokens beside their binding, as values. */
class TokenRequirementTest {
  private static final Set<ConfirmationMethod> CERTIFICATE = Set.of(ConfirmationMethod.CERTIFICATE);

  private static TokenRequirement of(
      List<String> scopes, @Nullable String age, @Nullable List<String> acrValues) {
    return new TokenRequirement(scopes, age == null ? null : Duration.parse(age), acrValues);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\"b", "a\\b", "\u00e4", "a\tb", "a\n"})
  void whatIsNoWordIsNoScopeAndNoAcrValue(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> of(List.of(text), null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> of(List.of(), null, List.of(text)));
  }

  @Test
  void nothingStandsThereTwice() {
    assertThatIllegalArgumentException().isThrownBy(() -> of(List.of("a", "a"), null, null));
    assertThat(of(List.of("a", "A"), null, null).scopes()).containsExactly("a", "A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "-PT1S", "PT0.999S", "PT1.5S"})
  void anAgeIsOfWholeSeconds(String age) {
    assertThatIllegalArgumentException().isThrownBy(() -> of(List.of(), age, null));
    assertThat(of(List.of(), "PT1S", null).maxAuthenticationAge()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void bothTogetherDemandWhatEitherDemands() {
    TokenRequirement one = of(List.of("a", "b"), "PT5M", List.of("phr", "silver", "gold"));
    TokenRequirement other = of(List.of("c", "b"), "PT1M", List.of("gold", "phr"));
    assertThat(one.and(other))
        .isEqualTo(of(List.of("a", "b", "c"), "PT1M", List.of("phr", "gold")));
    assertThat(other.and(one))
        .isEqualTo(of(List.of("c", "b", "a"), "PT1M", List.of("gold", "phr")));
    assertThat(one.and(TokenRequirement.NONE)).isEqualTo(one);
    assertThat(TokenRequirement.NONE.and(one)).isEqualTo(one);
    assertThat(one.and(one)).isEqualTo(one);
  }

  @Test
  void whereTwoReadingsShareNoAcrNoneIsGoodEnough() {
    TokenRequirement none =
        of(List.of(), null, List.of("phr")).and(of(List.of(), null, List.of("silver")));
    assertThat(none.acrValues()).isEmpty();
    assertThat(none.isNone()).isFalse();
    assertThat(none.and(of(List.of(), null, null))).isEqualTo(none);
  }

  @Test
  void eachPartComesFromTheDefaultsWhereItIsNotNamed() {
    TokenRequirement defaults = of(List.of("a"), "PT5M", List.of("phr"));
    assertThat(TokenRequirement.NONE.over(defaults)).isEqualTo(defaults);
    assertThat(of(List.of("b"), null, null).over(defaults))
        .isEqualTo(of(List.of("b"), "PT5M", List.of("phr")));
    assertThat(of(List.of(), "PT1M", List.of("silver")).over(defaults))
        .isEqualTo(of(List.of("a"), "PT1M", List.of("silver")));
  }

  @Test
  void theStricterRequirementRefusesWhatEitherRefuses() {
    TokenRequirement narrow = of(List.of("a"), null, null);
    Requirement plain = new Requirement(Mode.REQUIRED, CERTIFICATE);
    Requirement scoped = new Requirement(Mode.WHEN_BOUND, CERTIFICATE, narrow);
    Requirement both = new Requirement(Mode.REQUIRED, CERTIFICATE, narrow);
    assertThat(plain.stricterOf(scoped)).isEqualTo(both);
    assertThat(scoped.stricterOf(plain)).isEqualTo(both);
    assertThat(plain.stricterOf(new Requirement(Mode.REPORT_ONLY, CERTIFICATE, narrow)))
        .as("what only reports refuses nothing")
        .isEqualTo(plain);
  }

  @Test
  void whereNobodyLooksAtTokensNothingIsDemandedOfThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Requirement(Mode.OFF, CERTIFICATE, of(List.of("a"), null, null)));
  }
}
