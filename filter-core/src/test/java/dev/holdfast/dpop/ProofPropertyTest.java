package dev.holdfast.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Proof;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ProofPropertyTest {
  private static final String VALID = ProofSpecimen.es256().text();
  private final DpopFixture dpop = new DpopFixture();

  private boolean isProven(String text) {
    return dpop.prove(ProofRequest.with(text)) instanceof Proof.Proven;
  }

  @Property(tries = 500)
  void anyOtherCharacterAnywhereIsRefused(
      @ForAll @IntRange(max = 4095) int place, @ForAll @IntRange(min = 32, max = 126) int other) {
    int index = place % VALID.length();
    String changed = VALID.substring(0, index) + (char) other + VALID.substring(index + 1);

    assertThat(isProven(changed)).isEqualTo(other == VALID.charAt(index));
  }

  @Property(tries = 300)
  void anyCharacterMoreOrLessIsRefused(
      @ForAll @IntRange(max = 4095) int place, @ForAll @IntRange(min = 32, max = 126) int more) {
    int index = place % VALID.length();

    assertThat(isProven(VALID.substring(0, index) + (char) more + VALID.substring(index)))
        .isFalse();
    assertThat(isProven(VALID.substring(0, index) + VALID.substring(index + 1))).isFalse();
  }

  @Property
  void anyTextIsRefused(@ForAll String text) {
    assertThat(isProven(text)).isFalse();
    assertThat(isProven(text + VALID.substring(VALID.indexOf('.')))).isFalse();
  }
}
