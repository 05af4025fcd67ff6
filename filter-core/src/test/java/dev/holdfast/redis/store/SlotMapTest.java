package dev.holdfast.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Four slots, and servers by their names. */
class SlotMapTest {
  private static final SlotMap<String> NOBODY = SlotMap.empty(4);

  private static String[] owners(String... names) {
    return names;
  }

  @Test
  void whoeverIsFirstHasForgottenNothing() {
    SlotMap<String> map = NOBODY.then(owners("a", "a", "b", null), 1000);

    assertThat(map.owner(0)).isEqualTo("a");
    assertThat(map.owner(2)).isEqualTo("b");
    assertThat(map.owner(3)).isNull();
    assertThat(map.all()).containsExactly("a", "b");
    assertThat(map.isWhole()).isFalse();
    for (int slot = 0; slot < 4; slot++) {
      assertThat(map.mayHaveForgotten(slot, 1000)).isFalse();
    }
  }

  @Test
  void onlyASlotThatGoesToAnotherServerMayHaveForgotten_C77() {
    SlotMap<String> map =
        NOBODY.then(owners("a", "a", "b", "b"), 1000).then(owners("a", "c", "b", "b"), 2000);

    assertThat(map.mayHaveForgotten(1, 2000)).isTrue();
    assertThat(map.mayHaveForgotten(1, 2001)).as("made afterwards").isFalse();
    assertThat(map.mayHaveForgotten(0, 0)).isFalse();
    assertThat(map.mayHaveForgotten(2, 0)).isFalse();
    assertThat(map.isWhole()).isTrue();
  }

  @Test
  void aSlotThatNobodyHadForAWhileIsComparedWithItsLastServer_C77() {
    SlotMap<String> gap =
        NOBODY.then(owners("a", "a", "a", "a"), 1000).then(owners(null, null, "a", "a"), 2000);
    SlotMap<String> map = gap.then(owners("a", "b", "a", "a"), 3000);

    assertThat(gap.owner(0)).isNull();
    assertThat(map.mayHaveForgotten(0, 0)).as("the same as before").isFalse();
    assertThat(map.mayHaveForgotten(1, 3000)).isTrue();
  }

  @Test
  void whatWasForgottenStaysForgotten() {
    SlotMap<String> map =
        NOBODY
            .then(owners("a", "a", "a", "a"), 1000)
            .then(owners("b", "a", "a", "a"), 5000)
            .then(owners("b", "a", "a", "a"), 9000)
            .then(owners("a", "a", "a", "a"), 4000);

    assertThat(map.mayHaveForgotten(0, 5000)).isTrue();
    assertThat(map.mayHaveForgotten(0, 5001)).isFalse();
  }
}
