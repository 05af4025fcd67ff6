package dev.holdfast.introspection.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.ClaimRules;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Verification;
import dev.holdfast.Verification.Invalid;
import dev.holdfast.internal.waiting.Later;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is believed of what lies in the store, for how long, and who asks the issuer. */
class SharedLevelTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final PresentedToken TOKEN = PresentedToken.of(Scheme.BEARER, "one-token");
  private static final byte[] SECRET = new byte[32];
  private static final Duration TTL = Duration.ofSeconds(60);
  private static final Duration NEGATIVE_TTL = Duration.ofSeconds(5);

  private final SettableClock clock = new SettableClock(NOON);
  private final MemoryStore memory = new MemoryStore(clock);
  private final SharedStore store = SharedStore.unbounded(memory, "memory", SECRET);
  private final Later later = new Later();
  private final Pauses pauses = new Pauses(later);
  private final Issuer issuer = new Issuer(clock);

  @AfterEach
  void end() {
    pauses.close();
    later.close();
  }

  /** Says the same of every token. */
  private static final class Issuer implements IssuerAnswers {
    final AtomicInteger asked = new AtomicInteger();
    final Clock clock;
    volatile Map<String, Object> claims = Map.of("active", true, "sub", "alice");
    volatile CountDownLatch gate = new CountDownLatch(0);

    Issuer(Clock clock) {
      this.clock = clock;
    }

    @Override
    public CompletableFuture<Map<String, Object>> ask(PresentedToken token) {
      asked.incrementAndGet();
      try {
        assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      Map<String, Object> now = claims;
      return now.isEmpty()
          ? CompletableFuture.failedFuture(new IssuerUnavailableException("away", null))
          : CompletableFuture.completedFuture(now);
    }

    @Override
    public Verification judge(PresentedToken token, Map<String, Object> said) {
      return Boolean.TRUE.equals(said.get("active"))
          ? new ClaimRules("as", Set.of(), Set.of(), Duration.ZERO, clock).check(said)
          : new Invalid("inactive", Invalid.Finding.ISSUER_ASKED);
    }
  }

  private SharedLevel node() {
    return node(clock, Duration.ofSeconds(20));
  }

  private SharedLevel node(Clock itsClock, Duration patience) {
    return new SharedLevel(
        store, "realm", new SharedLimits(TTL, NEGATIVE_TTL, patience, 10), pauses, itsClock);
  }

  private static Verification settled(CompletableFuture<Verification> answer) {
    try {
      return answer.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Verification verify(SharedLevel node) {
    return settled(node.verify(TOKEN, issuer));
  }

  /** A node that has been told, and has written it. */
  private SharedLevel told() throws InterruptedException {
    SharedLevel node = node();
    verify(node);
    assertThat(Await.within(TTL, () -> node.statistics().written() == 1)).isTrue();
    return node;
  }

  @Test
  void anotherNodeIsGivenWhatOneWasTold_andNoLongerThanItsLife() throws Exception {
    told();
    clock.advance(Duration.ofSeconds(20));
    Verification given = verify(node());
    assertThat(given).isInstanceOf(Verification.Valid.class);
    assertThat(issuer.asked).hasValue(1);
    assertThat(given.until()).isBetween(NOON.plusSeconds(59), NOON.plusSeconds(60));

    clock.set(NOON.plusSeconds(60));
    assertThat(verify(node()).until()).as("asked anew").isNull();
    assertThat(issuer.asked).hasValue(2);
  }

  @Test
  void nothingIsGivenAtOrAfterExp() throws Exception {
    issuer.claims = Map.of("active", true, "exp", NOON.plusSeconds(30).getEpochSecond());
    told();
    clock.set(NOON.plusMillis(29_900));
    assertThat(verify(node()).until()).isBeforeOrEqualTo(NOON.plusSeconds(30));
    assertThat(issuer.asked).hasValue(1);
    clock.set(NOON.plusSeconds(30));
    verify(node());
    assertThat(issuer.asked).hasValue(2);
  }

  @Test
  void aRefusalIsGivenForTheShortTime() throws Exception {
    issuer.claims = Map.of("active", false);
    told();
    Verification given = verify(node());
    assertThat(given).isInstanceOf(Invalid.class);
    assertThat(given.until()).isBeforeOrEqualTo(NOON.plus(NEGATIVE_TTL));
    assertThat(issuer.asked).hasValue(1);
    clock.advance(NEGATIVE_TTL);
    verify(node());
    assertThat(issuer.asked).hasValue(2);
  }

  /** Whoever can write into the store can put an entry back, and cannot make it younger. */
  @Test
  void anEntryThatSomebodyPutsBackIsTooOld() throws Exception {
    told();
    String name = memory.last.keySet().iterator().next();
    byte[] entry = memory.last.get(name);
    clock.advance(Duration.ofSeconds(61));
    memory.forge(name, entry, 600_000);
    SharedLevel node = node();
    assertThat(verify(node).until()).isNull();
    assertThat(issuer.asked).hasValue(2);
    assertThat(node.statistics().disbelieved()).isEqualTo(1);
  }

  /** The store's own time counts, too: a node whose clock is behind does not prolong anything. */
  @Test
  void aClockThatIsBehindDoesNotProlongALife() throws Exception {
    told();
    SettableClock behind = new SettableClock(NOON.minusSeconds(5));
    clock.advance(Duration.ofSeconds(50));
    behind.advance(Duration.ofSeconds(50));
    Verification given = settled(node(behind, TTL).verify(TOKEN, issuer));
    assertThat(issuer.asked).hasValue(1);
    assertThat(Duration.between(behind.instant(), given.until()))
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
  }

  @Test
  void anEntryFromTheFutureIsNotBelieved() throws Exception {
    told();
    SettableClock near = new SettableClock(NOON.minusSeconds(10));
    assertThat(settled(node(near, TTL).verify(TOKEN, issuer)).until()).isNotNull();
    SettableClock far = new SettableClock(NOON.minusMillis(10_001));
    assertThat(settled(node(far, TTL).verify(TOKEN, issuer)).until()).isNull();
    assertThat(issuer.asked).hasValue(2);
  }

  @Test
  void whatWasEvictedIsNotTakenFromTheStoreAgain() throws Exception {
    told();
    SharedLevel node = node();
    clock.advance(Duration.ofSeconds(1));
    node.evictWhere(token -> "bob".equals(token.subject()));
    assertThat(verify(node).until()).as("another one was evicted").isNotNull();
    node.evictWhere(token -> "alice".equals(token.subject()));
    assertThat(verify(node).until()).isNull();
    assertThat(issuer.asked).hasValue(2);

    memory.broken = true; // what cannot be removed there is not believed here either
    node.evict(TOKEN.digest());
    memory.broken = false;
    assertThat(verify(node).until()).isNull();
    node.evictAnswers(answer -> true);
    assertThat(verify(node).until()).isNull();
  }

  /** A write that was late on its way, and a clock that is ahead by a little, change nothing. */
  @Test
  void shortlyAfterAnEvictionAnswersAreNotTakenEither() throws Exception {
    SharedLevel node = node();
    node.evictWhere(token -> true);
    clock.advance(Duration.ofSeconds(5));
    told();
    assertThat(verify(node).until()).isNull();
  }

  /** The store knows how old an entry is, whatever the clock of its writer said. */
  @Test
  void aWritersClockThatIsFarAheadDoesNotOutliveAnEviction() throws Exception {
    SharedLevel ahead = node(new SettableClock(NOON.plusSeconds(18)), TTL);
    verify(ahead);
    assertThat(Await.within(TTL, () -> ahead.statistics().written() == 1)).isTrue();
    SharedLevel node = node();
    clock.advance(Duration.ofSeconds(7));
    node.evictWhere(token -> "bob".equals(token.subject()));
    clock.advance(Duration.ofSeconds(2));
    assertThat(verify(node).until()).as("another one was evicted").isNotNull();
    clock.advance(Duration.ofSeconds(-2));
    node.evictWhere(token -> "alice".equals(token.subject()));
    clock.advance(Duration.ofSeconds(2));
    assertThat(verify(node).until()).isNull();
  }

  @Test
  void afterAnEvictionNewAnswersAreSharedAgain() throws Exception {
    told();
    SharedLevel node = node();
    node.evictWhere(token -> true);
    clock.advance(Duration.ofSeconds(20));
    SharedLevel asking = node();
    asking.evict(TOKEN.digest());
    verify(asking);
    assertThat(Await.within(TTL, () -> asking.statistics().written() == 1)).isTrue();
    assertThat(verify(node).until()).isNotNull();
  }

  @Test
  void ofMoreEvictionsThanThereIsRoomForNothingIsForgotten() throws Exception {
    told();
    SharedLevel node = node();
    node.evictWhere(token -> "alice".equals(token.subject()));
    for (int i = 0; i < 1_500; i++) {
      node.evictWhere(token -> false);
    }
    assertThat(verify(node).until()).isNull();
  }

  @Test
  void damagedAndForgedEntriesAreAsGoodAsNone() throws Exception {
    told();
    String name = memory.last.keySet().iterator().next();
    byte[] damaged = memory.last.get(name).clone();
    damaged[damaged.length - 1] ^= 1;
    memory.forge(name, damaged, 60_000);
    SharedLevel node = node();
    assertThat(verify(node).until()).isNull();
    assertThat(node.statistics().unreadable()).isEqualTo(1);
    assertThat(issuer.asked).hasValue(2);
  }

  @Test
  void aStoreThatFailsMakesEachNodeAsk_andIsLeftAloneSoon() {
    memory.broken = true;
    SharedLevel node = node();
    for (int i = 0; i < 20; i++) {
      assertThat(verify(node)).isInstanceOf(Verification.Valid.class);
    }
    assertThat(issuer.asked).hasValue(20);
    assertThat(memory.asked.get()).isBetween(3, 10);
  }

  @Test
  void anOutageOfTheIssuerStaysOne_andIsNotShared() {
    issuer.claims = Map.of();
    SharedLevel node = node();
    for (int i = 1; i <= 2; i++) {
      assertThatThrownBy(() -> node.verify(TOKEN, issuer).get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IssuerUnavailableException.class);
      assertThat(issuer.asked).hasValue(i);
    }
    assertThat(memory.last).isEmpty();
  }

  @Test
  void whileOneNodeAsksTheOthersWaitForItsAnswer() throws Exception {
    issuer.gate = new CountDownLatch(1);
    CompletableFuture<Verification> first = node().verify(TOKEN, issuer);
    assertThat(Await.within(TTL, () -> issuer.asked.get() == 1)).isTrue();
    SharedLevel waiting = node();
    CompletableFuture<Verification> second = waiting.verify(TOKEN, issuer);
    assertThat(Await.within(TTL, () -> waiting.statistics().waited() == 1)).isTrue();
    issuer.gate.countDown();
    assertThat(settled(first).until()).isNull();
    assertThat(settled(second).until()).isNotNull();
    assertThat(issuer.asked).hasValue(1);
  }

  /** Between the look and the claim of one node, another one is told and gives its claim back. */
  @Test
  void anAnswerThatCameBetweenLookAndClaimIsTaken() {
    SharedLevel swift = node();
    memory.beforeClaim =
        () -> {
          verify(swift);
          try {
            assertThat(Await.within(TTL, () -> memory.isReleased())).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    assertThat(verify(node()).until()).isNotNull();
    assertThat(issuer.asked).hasValue(1);
    assertThat(memory.isReleased()).as("its own claim, too").isTrue();
  }

  @Test
  void whoHasWaitedLongEnoughAsksItself() throws Exception {
    issuer.gate = new CountDownLatch(1);
    CompletableFuture<Verification> first = node().verify(TOKEN, issuer);
    assertThat(Await.within(TTL, () -> issuer.asked.get() == 1)).isTrue();
    SharedLevel impatient = node(clock, Duration.ofMillis(50));
    CompletableFuture<Verification> second = impatient.verify(TOKEN, issuer);
    assertThat(Await.within(TTL, () -> issuer.asked.get() == 2)).isTrue();
    issuer.gate.countDown();
    assertThat(settled(first)).isInstanceOf(Verification.Valid.class);
    assertThat(settled(second)).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void afterAFailureAnotherNodeAsksAtOnce() throws Exception {
    issuer.gate = new CountDownLatch(1);
    issuer.claims = Map.of();
    CompletableFuture<Verification> first = node().verify(TOKEN, issuer);
    assertThat(Await.within(TTL, () -> issuer.asked.get() == 1)).isTrue();
    SharedLevel waiting = node();
    CompletableFuture<Verification> second = waiting.verify(TOKEN, issuer);
    assertThat(Await.within(TTL, () -> waiting.statistics().waited() == 1)).isTrue();
    issuer.gate.countDown();
    assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IssuerUnavailableException.class);
    assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IssuerUnavailableException.class);
    assertThat(issuer.asked).hasValue(2);
  }

  @Test
  void nobodyWaitsWhenTheNodeEnds() throws Exception {
    issuer.gate = new CountDownLatch(1);
    CompletableFuture<Verification> first = node().verify(TOKEN, issuer);
    assertThat(Await.within(TTL, () -> issuer.asked.get() == 1)).isTrue();
    SharedLevel waiting = node();
    CompletableFuture<Verification> second = waiting.verify(TOKEN, issuer);
    assertThat(Await.within(TTL, () -> waiting.statistics().waited() == 1)).isTrue();
    later.close(); // first, as when an application ends
    pauses.close();
    assertThat(Await.within(TTL, () -> issuer.asked.get() == 2)).isTrue();
    issuer.gate.countDown();
    assertThat(settled(first)).isInstanceOf(Verification.Valid.class);
    assertThat(settled(second)).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void refusalsOfStrangersTokensLeaveRoomForGoodAnswers() throws Exception {
    SharedStore small = SharedStore.within(memory, "memory", SECRET, 16_384, TTL, NEGATIVE_TTL);
    SharedLimits limits = new SharedLimits(TTL, NEGATIVE_TTL, TTL, 10);
    SharedLevel node = new SharedLevel(small, "realm", limits, pauses, clock);
    issuer.claims = Map.of("active", false);
    for (int i = 0; i < 10; i++) {
      settled(node.verify(PresentedToken.of(Scheme.BEARER, "stranger-" + i), issuer));
    }
    assertThat(Await.within(TTL, () -> node.statistics().full() > 0)).isTrue();
    long refusals = memory.last.size();
    assertThat(refusals).isBetween(1L, 3L);
    issuer.claims = new HashMap<>(Map.of("active", true, "sub", "alice"));
    verify(node);
    assertThat(Await.within(TTL, () -> memory.last.size() == refusals + 1)).isTrue();
    for (int i = 0; i < 30; i++) {
      settled(node.verify(PresentedToken.of(Scheme.BEARER, "good-" + i), issuer));
    }
    assertThat(memory.last.size() * 400L).isLessThan(16_384);
  }
}
