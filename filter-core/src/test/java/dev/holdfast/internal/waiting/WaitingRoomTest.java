package dev.holdfast.internal.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.IssuerUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** C81: who may wait for an answer of an issuer, and for how long. */
class WaitingRoomTest {
  private static final long LATE = -Duration.ofSeconds(1).toNanos();
  private static final long EARLY = Duration.ofMinutes(10).toNanos();

  private final Later later = new Later();
  private final WaitingRoom room = new WaitingRoom(2, later);

  @AfterEach
  void close() {
    later.close();
  }

  private CompletableFuture<String> await(CompletableFuture<String> answer, long asked) {
    return room.await(answer, System.nanoTime() + asked);
  }

  @Test
  void whoHasAPlaceWaitsForAsLongAsItTakes_C81() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    assertThat(await(answer, LATE)).isNotDone();
    assertThat(await(answer, LATE)).isNotDone();
    assertThat(await(answer, LATE))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(IssuerUnavailableException.class);
  }

  @Test
  void whoHasNoneGetsASwiftAnswerAllTheSame_C81() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    assertThat(await(answer, LATE)).isNotDone();
    assertThat(await(answer, LATE)).isNotDone();
    CompletableFuture<String> third = await(answer, EARLY);
    assertThat(third).isNotDone();
    answer.complete("swift");
    assertThat(third).isCompletedWithValue("swift");
  }

  @Test
  void anAnswerGivesThePlacesBack_C81() {
    CompletableFuture<String> answered = new CompletableFuture<>();
    assertThat(await(answered, LATE)).isNotDone();
    assertThat(await(answered, LATE)).isNotDone();
    answered.complete("good");
    CompletableFuture<String> failed = new CompletableFuture<>();
    assertThat(await(failed, LATE)).isNotDone();
    assertThat(await(failed, LATE)).isNotDone();
    failed.completeExceptionally(new IllegalStateException());
    assertThat(await(new CompletableFuture<>(), LATE)).isNotDone();
  }

  @Test
  void whatIsThereNeedsNoPlace_C81() {
    for (int i = 0; i < 3; i++) {
      assertThat(await(CompletableFuture.completedFuture("there"), LATE))
          .isCompletedWithValue("there");
    }
  }
}
