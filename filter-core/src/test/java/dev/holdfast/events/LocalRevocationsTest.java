package dev.holdfast.events;

import static dev.holdfast.events.Marked.ISSUER;
import static dev.holdfast.events.Marked.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.events.TokenMark.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRevocationsTest {
  private static final String OTHER = "https://other.example";

  private final LocalRevocations store = new LocalRevocations(100);

  private static TokenMark subject(String issuer, String name) {
    return new TokenMark(issuer, Kind.SUBJECT, name);
  }

  private static Instant at(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  private boolean revokes(TokenMark mark, @Nullable Instant issuedAt) {
    return store.revokes(mark.issuer(), List.of(mark), issuedAt).join();
  }

  @Test
  void whatWasIssuedUpToTheMomentIsRevokedAndNothingLater() {
    assertThat(store.isEmpty()).isTrue();
    store.remember(List.of(subject(ISSUER, "alice")), NOON).join();
    assertThat(store.isEmpty()).isFalse();
    assertThat(revokes(subject(ISSUER, "alice"), at(-1))).isTrue();
    assertThat(revokes(subject(ISSUER, "alice"), NOON)).isTrue();
    assertThat(revokes(subject(ISSUER, "alice"), NOON.plusMillis(1))).isFalse();
    assertThat(revokes(subject(ISSUER, "alice"), null)).isTrue();
    assertThat(revokes(subject(ISSUER, "bob"), at(-1))).isFalse();
    assertThat(revokes(subject(ISSUER, "bob"), null)).isFalse();
    assertThat(revokes(subject(OTHER, "alice"), at(-1))).isFalse();
  }

  @Test
  void anEarlierMomentDoesNotReplaceALaterOne() {
    store.remember(List.of(subject(ISSUER, "alice")), NOON).join();
    store.remember(List.of(subject(ISSUER, "alice")), at(-60)).join();
    assertThat(revokes(subject(ISSUER, "alice"), NOON)).isTrue();
    store.remember(List.of(subject(ISSUER, "alice")), at(60)).join();
    assertThat(revokes(subject(ISSUER, "alice"), at(60))).isTrue();
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void aMarkOfOneTokenRevokesItWheneverItWasIssued() {
    for (Kind kind : List.of(Kind.JWT_ID, Kind.TOKEN)) {
      TokenMark mark = new TokenMark(ISSUER, kind, "t1");
      store.remember(List.of(mark), NOON).join();
      assertThat(revokes(mark, at(3600))).isTrue();
    }
  }

  @Test
  void oneMarkOfATokenIsEnough() {
    store.remember(List.of(subject(ISSUER, "alice")), NOON).join();
    List<TokenMark> marks =
        List.of(new TokenMark(ISSUER, Kind.CLIENT, "app"), subject(ISSUER, "alice"));
    assertThat(store.revokes(ISSUER, marks, at(-1)).join()).isTrue();
    assertThat(store.revokes(ISSUER, marks.subList(0, 1), at(-1)).join()).isFalse();
  }

  @Test
  void nobodyCanSettleAnAnswerForOthers() {
    store.remember(List.of(subject(ISSUER, "alice")), NOON).obtrudeException(new Error());
    store.revokes(ISSUER, List.of(subject(ISSUER, "bob")), NOON).obtrudeValue(true);
    assertThat(revokes(subject(ISSUER, "bob"), NOON)).isFalse();
    assertThat(store.remember(List.of(), NOON)).isCompleted();
  }

  @Test
  void whenItIsFullOneLineTakesThePlaceOfTheEarliest() {
    for (int i = 0; i < 101; i++) {
      store.remember(List.of(subject(ISSUER, "u" + i)), at(i)).join();
    }
    assertThat(store.size()).isEqualTo(90);
    assertThat(revokes(subject(ISSUER, "nobody"), at(10))).isTrue(); // more than was revoked
    assertThat(revokes(subject(ISSUER, "nobody"), null)).isTrue();
    assertThat(revokes(subject(ISSUER, "nobody"), at(11))).isFalse();
    assertThat(revokes(subject(OTHER, "nobody"), at(10))).isFalse();
    assertThat(revokes(subject(ISSUER, "u100"), at(100))).isTrue();
  }

  @Test
  void aLineIsForItsIssuer() {
    store.remember(List.of(subject(OTHER, "x")), at(-10)).join();
    for (int i = 0; i < 100; i++) {
      store.remember(List.of(subject(ISSUER, "u" + i)), at(i)).join();
    }
    assertThat(revokes(subject(OTHER, "nobody"), at(-10))).isTrue();
    assertThat(revokes(subject(OTHER, "nobody"), at(-9))).isFalse();
  }

  @Test
  void manyIssuersShareALine() {
    LocalRevocations small = new LocalRevocations(10);
    for (int i = 0; i < 3_000; i++) {
      small.remember(List.of(subject("https://i" + i, "u")), at(i)).join();
    }
    assertThat(small.revokes("https://i2500", List.of(subject("https://i2500", "u")), at(2500)))
        .isCompletedWithValue(true);
    assertThat(small.revokes("https://new", List.of(subject("https://new", "u")), at(3000)))
        .isCompletedWithValue(false);
    assertThat(small.size()).isLessThanOrEqualTo(10);
  }

  /** Against a model that forgets nothing: whatever that revokes, the bounded one does, too. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void boundedItRefusesMoreAndNeverLess(long seed) {
    Random random = new Random(seed);
    Map<TokenMark, Instant> model = new HashMap<>();
    int more = 0;
    for (int round = 0; round < 2_000; round++) {
      TokenMark mark = subject(random.nextBoolean() ? ISSUER : OTHER, "u" + random.nextInt(500));
      Instant upTo = at(random.nextInt(10_000));
      model.merge(mark, upTo, (one, other) -> one.isAfter(other) ? one : other);
      store.remember(List.of(mark), upTo).join();
      assertThat(store.size()).isLessThanOrEqualTo(100);
      TokenMark asked = subject(random.nextBoolean() ? ISSUER : OTHER, "u" + random.nextInt(500));
      Instant issuedAt = at(random.nextInt(10_000));
      Instant known = model.get(asked);
      boolean exact = known != null && !issuedAt.isAfter(known);
      boolean bounded = revokes(asked, issuedAt);
      assertThat(bounded || !exact).isTrue();
      more += bounded && !exact ? 1 : 0;
    }
    assertThat(more).isPositive();
  }

  /** A million events: the heap holds those that fit, and no more. */
  @Test
  @Tag("verify")
  void aMillionEventsLeaveTheMemoryFlat() {
    LocalRevocations real = new LocalRevocations();
    IntStream.range(0, 200_000).forEach(i -> rememberLong(real, i));
    long before = usedHeap();
    IntStream.range(200_000, 1_000_000).forEach(i -> rememberLong(real, i));
    long after = usedHeap();
    assertThat(real.size()).isBetween(80_000, LocalRevocations.MAX_MARKS);
    assertThat(after - before).isLessThan(16L << 20);
    assertThat(real.revokes(ISSUER, List.of(), at(900_000 - 1)).join()).isTrue();
    assertThat(real.revokes(ISSUER, List.of(), at(1_000_000)).join()).isFalse();
  }

  private static void rememberLong(LocalRevocations store, int i) {
    store.remember(List.of(subject(ISSUER, i + "-".repeat(100))), at(i)).join();
  }

  private static long usedHeap() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
