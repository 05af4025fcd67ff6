package dev.holdfast.dpop.replay;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Race;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("verify")
class ReplayTableTest {
  private static final long NOW = 1_800_000_000L;
  private static final int BUCKET = 0;
  private static final int RECORDS = 7;

  private static long mark(int number) {
    return (number + 1L) << 40;
  }

  @Test
  void aRecordThatWentOnToTheNextBucketIsFoundWhenItsOwnHasRoomAgain() {
    ReplayTable table = new ReplayTable(100);
    for (int i = 0; i < RECORDS; i++) {
      assertThat(table.spend(BUCKET, mark(i), NOW + 1, NOW)).isEqualTo(FIRST);
    }
    assertThat(table.spend(BUCKET, mark(RECORDS), NOW + 70, NOW)).isEqualTo(FIRST);
    assertThat(table.spend(BUCKET, mark(RECORDS), NOW + 70, NOW)).isEqualTo(SPENT);
    assertThat(table.spend(BUCKET, mark(RECORDS), NOW + 70, NOW + 2)).isEqualTo(SPENT);
    assertThat(table.entries()).as("the others have ended").isEqualTo(1);
  }

  @Test
  void aRecordThatHasEndedGivesItsPlaceAndLeavesNoReplayBehind() {
    ReplayTable table = new ReplayTable(RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      assertThat(table.spend(BUCKET, mark(i), NOW, NOW)).isEqualTo(FIRST);
    }
    assertThat(table.spend(BUCKET, mark(RECORDS), NOW + 70, NOW + 1)).isEqualTo(FIRST);
    assertThat(table.entries()).as("the others are gone").isEqualTo(1);
    for (int i = 0; i < RECORDS; i++) {
      assertThat(table.spend(BUCKET, mark(i), NOW, NOW)).as("clock back").isEqualTo(SPENT);
    }
    assertThat(table.spend(BUCKET, mark(RECORDS), NOW + 70, NOW + 1)).isEqualTo(SPENT);
  }

  @Test
  void theOnlyRecordThatEndedIsReplacedAndTheCountStays() {
    ReplayTable table = new ReplayTable(2);
    assertThat(table.spend(BUCKET, mark(1), NOW, NOW)).isEqualTo(FIRST);
    assertThat(table.spend(BUCKET, mark(2), NOW + 70, NOW)).isEqualTo(FIRST);
    assertThat(table.spend(BUCKET, mark(3), NOW + 70, NOW + 1)).isEqualTo(FIRST);
    assertThat(table.entries()).isEqualTo(2);
    assertThat(table.spend(BUCKET, mark(1), NOW, NOW)).as("clock back").isEqualTo(SPENT);
    assertThat(table.spend(BUCKET, mark(4), NOW + 70, NOW + 1)).isEqualTo(UNAVAILABLE);
    assertThat(table.spend(BUCKET, mark(3), NOW + 70, NOW + 1)).isEqualTo(SPENT);
  }

  @Test
  void aBucketThatIsFullCostsNoProof() {
    ReplayTable table = new ReplayTable(40);
    for (int i = 0; i < 40; i++) { // all of one bucket, of ten or more
      assertThat(table.spend(BUCKET, mark(i), NOW + 70, NOW)).isEqualTo(FIRST);
    }
    assertThat(table.spend(BUCKET, mark(40), NOW + 70, NOW)).isEqualTo(UNAVAILABLE);
    for (int i = 0; i < 40; i++) {
      assertThat(table.spend(BUCKET, mark(i), NOW + 70, NOW)).isEqualTo(SPENT);
    }
  }

  @Test
  void theTableIsFullWhenItsOnlyBucketIs() {
    ReplayTable table = new ReplayTable(RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      assertThat(table.spend(BUCKET, mark(i), NOW + 70, NOW)).isEqualTo(FIRST);
    }
    assertThat(table.spend(BUCKET, mark(RECORDS), NOW + 70, NOW)).isEqualTo(UNAVAILABLE);
  }

  /** For one thread the first slot is taken, for the other one its record has just ended. */
  @Test
  void twoThreadsThatTakeDifferentSlotsDoNotBothWin_T51() throws Exception {
    int rounds = 100_000;
    ReplayTable[] tables = new ReplayTable[rounds];
    for (int i = 0; i < rounds; i++) {
      tables[i] = new ReplayTable(RECORDS);
      assertThat(tables[i].spend(BUCKET, mark(1), NOW, NOW) == FIRST).isTrue();
    }
    AtomicIntegerArray arrived = new AtomicIntegerArray(rounds);
    int[] winners =
        Race.winners(
            2,
            rounds,
            (later, i) -> {
              arrived.incrementAndGet(i);
              while (arrived.get(i) < 2) {
                Thread.onSpinWait();
              }
              return tables[i].spend(BUCKET, mark(2), NOW + 70, NOW + later) == FIRST;
            });
    assertThat(winners).containsOnly(1);
  }

  @Test
  void anEndIsToldWithinFourYearsAndRefusedBeyond() {
    long fourYears = (1L << 27) - 1;
    for (long away : new long[] {-fourYears, -1, 0, 1, fourYears}) {
      long spent = ReplayRecord.confirmed(ReplayRecord.tentative(mark(1), NOW + away));
      assertThat(ReplayRecord.end(spent, NOW)).isEqualTo(NOW + away);
    }
    ReplayTable table = new ReplayTable(100);
    assertThat(table.spend(BUCKET, mark(1), NOW + fourYears, NOW)).isEqualTo(FIRST);
    assertThat(table.spend(BUCKET, mark(2), NOW + fourYears + 1, NOW)).isEqualTo(UNAVAILABLE);
  }
}
