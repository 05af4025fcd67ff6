package dev.holdfast.cache;

import static dev.holdfast.cache.Specimens.INACTIVE;
import static dev.holdfast.cache.Specimens.LIMITS;
import static dev.holdfast.cache.Specimens.NOON;
import static dev.holdfast.cache.Specimens.settled;
import static dev.holdfast.cache.Specimens.token;
import static dev.holdfast.cache.Specimens.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.Verification;
import dev.holdfast.Verification.Invalid;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How long an answer is given again. */
class CachingAccessTokenVerifierTest {
  private final SettableClock clock = new SettableClock(NOON);
  private final AtomicInteger asked = new AtomicInteger();

  private CachingAccessTokenVerifier cache(CacheLimits limits, Verification answer) {
    return new CachingAccessTokenVerifier(
        token -> {
          asked.incrementAndGet();
          return CompletableFuture.completedFuture(answer);
        },
        "realm",
        limits,
        clock);
  }

  private void assertAsked(CachingAccessTokenVerifier cache, String token, int times) {
    settled(cache.verify(token(token)));
    assertThat(asked.get()).isEqualTo(times);
  }

  @Test
  void aGoodAnswerIsGivenAgainUntilItsTimeIsOver() {
    CachingAccessTokenVerifier cache = cache(LIMITS, valid());
    assertAsked(cache, "a", 1);
    clock.advance(LIMITS.ttl().minusMillis(1));
    assertAsked(cache, "a", 1);
    clock.advance(Duration.ofMillis(1));
    assertAsked(cache, "a", 2);
    assertAsked(cache, "a", 2);
    assertAsked(cache, "b", 3);
    assertThat(cache.statistics().hits()).isEqualTo(2);
    assertThat(cache.statistics().misses()).isEqualTo(3);
  }

  @Test
  void aWarmAnswerIsTheSameFuture() {
    CachingAccessTokenVerifier cache = cache(LIMITS, valid());
    settled(cache.verify(token("a")));
    assertThat(cache.verify(token("a"))).isSameAs(cache.verify(token("a"))).isCompleted();
  }

  @Test
  void noAnswerIsGivenAtOrAfterExp_T87() {
    CachingAccessTokenVerifier cache = cache(LIMITS, valid("as", NOON.plusSeconds(30)));
    assertAsked(cache, "a", 1);
    clock.set(NOON.plusSeconds(30).minusMillis(1));
    assertAsked(cache, "a", 1);
    clock.set(NOON.plusSeconds(30));
    assertAsked(cache, "a", 2);
  }

  @Test
  void noAnswerIsGivenAgainFromTheMomentOnThatTheDelegateNames() {
    Verification.Valid valid = (Verification.Valid) valid("as", NOON.plusSeconds(30));
    CachingAccessTokenVerifier cache =
        cache(LIMITS, new Verification.Valid(valid.token(), NOON.plusSeconds(2)));
    assertAsked(cache, "a", 1);
    clock.set(NOON.plusSeconds(2).minusMillis(1));
    assertAsked(cache, "a", 1);
    clock.set(NOON.plusSeconds(2));
    assertAsked(cache, "a", 2);
  }

  @Test
  void noRefusalIsGivenAgainFromThatMomentOnEither() {
    CachingAccessTokenVerifier cache =
        cache(LIMITS, new Invalid("inactive", Invalid.Finding.ISSUER_ASKED, NOON.plusMillis(500)));
    assertAsked(cache, "a", 1);
    clock.set(NOON.plusMillis(499));
    assertAsked(cache, "a", 1);
    clock.set(NOON.plusMillis(500));
    assertAsked(cache, "a", 2);
  }

  @Test
  void anAnswerThatExpiredOnItsWayIsNotKept_T87() {
    CachingAccessTokenVerifier cache = cache(LIMITS, valid("as", NOON.plusSeconds(30)));
    clock.set(NOON.plusSeconds(30));
    assertAsked(cache, "a", 1);
    assertAsked(cache, "a", 2);
  }

  @Test
  void aClockThatJumpsAnHourForwardEndsEveryAnswer_T87() {
    CachingAccessTokenVerifier cache = cache(LIMITS, valid("as", NOON.plusSeconds(1800)));
    assertAsked(cache, "a", 1);
    clock.advance(Duration.ofHours(1));
    assertAsked(cache, "a", 2);
  }

  @Test
  void aClockThatJumpsAnHourBackDoesNotProlongAnAnswer_T87() {
    CachingAccessTokenVerifier cache = cache(LIMITS, valid("as", NOON.plusSeconds(1800)));
    assertAsked(cache, "a", 1);
    clock.advance(Duration.ofHours(-1));
    assertAsked(cache, "a", 2);
    assertAsked(cache, "a", 2);
    clock.advance(LIMITS.ttl());
    assertAsked(cache, "a", 3);
  }

  @Test
  void theTimeToLiveCountsFromTheQuestionNotFromTheAnswer() {
    AskedDelegate slow = new AskedDelegate();
    CachingAccessTokenVerifier cache = new CachingAccessTokenVerifier(slow, "realm", LIMITS, clock);
    CompletableFuture<Verification> first = cache.verify(token("a"));
    clock.advance(Duration.ofSeconds(4));
    slow.question(0).complete(valid());
    settled(first);
    clock.advance(LIMITS.ttl().minusSeconds(4));
    assertThat(cache.verify(token("a"))).isNotCompleted();
  }

  @Test
  void aRefusalByTheIssuerIsGivenAgainForAShortWhile_T86() {
    CachingAccessTokenVerifier cache = cache(LIMITS, INACTIVE);
    assertAsked(cache, "a", 1);
    clock.advance(LIMITS.negativeTtl().minusMillis(1));
    assertThat(settled(cache.verify(token("a")))).isEqualTo(INACTIVE);
    assertAsked(cache, "a", 1);
    clock.advance(Duration.ofMillis(1));
    assertAsked(cache, "a", 2);
    assertThat(cache.statistics().negativeHits()).isEqualTo(2);
  }

  @Test
  void aRefusalThatWasCheckedHereIsNotKept() {
    CachingAccessTokenVerifier cache = cache(LIMITS, new Invalid("bad signature"));
    assertAsked(cache, "a", 1);
    assertAsked(cache, "a", 2);
    assertThat(cache.statistics().negativeSize()).isZero();
  }

  @Test
  void aNegativeTimeOfZeroKeepsNoRefusal() {
    CachingAccessTokenVerifier cache =
        cache(new CacheLimits(LIMITS.ttl(), 10, Duration.ZERO, 10), INACTIVE);
    assertAsked(cache, "a", 1);
    assertAsked(cache, "a", 2);
  }

  @Test
  void aTimeOfZeroKeepsNothing() {
    CachingAccessTokenVerifier cache =
        cache(new CacheLimits(Duration.ZERO, 10, Duration.ofSeconds(5), 10), valid());
    assertAsked(cache, "a", 1);
    assertAsked(cache, "a", 2);
  }

  @Test
  void aFailureIsNeverKeptAndItsCauseArrivesUnwrapped_T86() {
    IssuerUnavailableException outage = new IssuerUnavailableException("down", null);
    for (Throwable failure : new Throwable[] {outage, new CompletionException(outage)}) {
      AskedDelegate delegate = new AskedDelegate();
      CachingAccessTokenVerifier cache =
          new CachingAccessTokenVerifier(delegate, "realm", LIMITS, clock);
      CompletableFuture<Verification> first = cache.verify(token("a"));
      delegate.question(0).completeExceptionally(failure);
      assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class).hasCause(outage);
      CompletableFuture<Verification> second = cache.verify(token("a"));
      delegate.question(1).complete(valid());
      assertThat(settled(second)).isEqualTo(delegate.question(1).join());
    }
  }

  @Test
  void aDelegateThatThrowsFailsTheAnswerAndNothingIsKept_T100() {
    AtomicInteger calls = new AtomicInteger();
    CachingAccessTokenVerifier cache =
        new CachingAccessTokenVerifier(
            token -> {
              if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError();
              }
              return CompletableFuture.completedFuture(valid());
            },
            "realm",
            LIMITS,
            clock);
    assertThatThrownBy(() -> cache.verify(token("a")).get())
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThat(settled(cache.verify(token("a")))).isInstanceOf(Verification.Valid.class);
    assertThat(cache.statistics().inFlight()).isZero();
  }

  @Test
  void aDelegateThatAnswersNothingFails() {
    CachingAccessTokenVerifier cache = cache(LIMITS, null);
    assertThatThrownBy(() -> cache.verify(token("a")).get())
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void tokensThatShareALongPrefixOrSuffixAreDifferent_T85() {
    CachingAccessTokenVerifier cache = cache(LIMITS, valid());
    String common = "x".repeat(1024);
    assertAsked(cache, common + "a", 1);
    assertAsked(cache, common + "b", 2);
    assertAsked(cache, "a" + common, 3);
    assertAsked(cache, "b" + common, 4);
    assertAsked(cache, common, 5);
  }

  @Test
  void theRealmIsPartOfTheKey_T85() {
    TokenKey key = new TokenKey("one", token("a").digest());
    assertThat(key).isEqualTo(new TokenKey("one", token("a").digest()));
    assertThat(key).isNotEqualTo(new TokenKey("two", token("a").digest()));
    assertThat(key).isNotEqualTo(new TokenKey("one", token("b").digest()));
  }
}
