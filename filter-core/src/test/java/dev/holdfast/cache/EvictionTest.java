package dev.holdfast.cache;

import static dev.holdfast.cache.Specimens.INACTIVE;
import static dev.holdfast.cache.Specimens.LIMITS;
import static dev.holdfast.cache.Specimens.NOON;
import static dev.holdfast.cache.Specimens.settled;
import static dev.holdfast.cache.Specimens.token;
import static dev.holdfast.cache.Specimens.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.AccessToken;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Verification;
import dev.holdfast.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is forgotten stays forgotten. */
class EvictionTest {
  private final AskedDelegate delegate = new AskedDelegate();
  private final CachingAccessTokenVerifier cache =
      new CachingAccessTokenVerifier(delegate, "realm", LIMITS, new SettableClock(NOON));

  static Stream<Consumer<CachingAccessTokenVerifier>> evictions() {
    return Stream.of(
        cache -> cache.evict("a"),
        cache -> cache.evictIssuer("as"),
        CachingAccessTokenVerifier::evictAll);
  }

  static Stream<Consumer<CachingAccessTokenVerifier>> evictionsOfGoodAnswers() {
    return Stream.concat(
        evictions(), Stream.of(cache -> cache.evictWhere(token -> token.issuer().equals("as"))));
  }

  private Verification answered(String token, Verification answer) {
    CompletableFuture<Verification> future = cache.verify(token(token));
    delegate.question(delegate.asked() - 1).complete(answer);
    return settled(future);
  }

  @ParameterizedTest
  @MethodSource("evictionsOfGoodAnswers")
  void aGoodAnswerIsForgotten(Consumer<CachingAccessTokenVerifier> eviction) {
    answered("a", valid("as", null));
    assertThat(cache.verify(token("a"))).isCompleted();
    eviction.accept(cache);
    assertThat(cache.verify(token("a"))).isNotCompleted();
  }

  @ParameterizedTest
  @MethodSource("evictions")
  void aRefusalIsForgotten(Consumer<CachingAccessTokenVerifier> eviction) {
    answered("a", INACTIVE);
    assertThat(cache.verify(token("a"))).isCompleted();
    eviction.accept(cache);
    assertThat(cache.verify(token("a"))).isNotCompleted();
  }

  @ParameterizedTest
  @MethodSource("evictionsOfGoodAnswers")
  void anAnswerThatWasAskedForBeforeIsNotKeptAfterwards(
      Consumer<CachingAccessTokenVerifier> eviction) {
    CompletableFuture<Verification> old = cache.verify(token("a"));
    eviction.accept(cache);
    CompletableFuture<Verification> fresh = cache.verify(token("a"));
    assertThat(delegate.asked()).isEqualTo(2);
    delegate.question(1).complete(INACTIVE);
    assertThat(settled(fresh)).isEqualTo(INACTIVE);
    delegate.question(0).complete(valid("as", null));
    assertThat(settled(old)).isInstanceOf(Verification.Valid.class);
    assertThat(settled(cache.verify(token("a")))).isEqualTo(INACTIVE);
    assertThat(cache.statistics().size()).isZero();
  }

  @Test
  void otherTokensAreKept() {
    answered("a", valid("as", null));
    answered("b", valid("as", null));
    cache.evict("a");
    assertThat(cache.verify(token("b"))).isCompleted();
  }

  @Test
  void answersOfOtherIssuersAreKept() {
    answered("a", valid("as", null));
    answered("b", valid("another", null));
    cache.evictIssuer("as");
    assertThat(cache.verify(token("a"))).isNotCompleted();
    assertThat(cache.verify(token("b"))).isCompleted();
  }

  @Test
  void onlyTokensOfWhichTheConditionHoldsAreForgotten() {
    answered("a", valid("as", null));
    answered("b", valid("another", null));
    answered("c", INACTIVE);
    cache.evictWhere(token -> token.issuer().equals("as"));
    assertThat(cache.verify(token("a"))).isNotCompleted();
    assertThat(cache.verify(token("b"))).isCompleted();
    assertThat(cache.verify(token("c"))).isCompleted();
  }

  /** Told first: what comes from there meanwhile is discarded here afterwards. */
  @Test
  void theLevelBelowForgetsFirst() {
    List<String> told = new ArrayList<>();
    AskedDelegate asked = new AskedDelegate();
    CachingAccessTokenVerifier[] cache = new CachingAccessTokenVerifier[1];
    LowerLevel below =
        new LowerLevel() {
          private void tell(String what) {
            told.add(what + " with " + cache[0].statistics().inFlight() + " in flight");
          }

          @Override
          public void evict(Sha256Digest tokenDigest) {
            tell("evict " + tokenDigest.toBase64Url());
          }

          @Override
          public void evictIssuer(String issuer) {
            tell("evictIssuer " + issuer);
          }

          @Override
          public void evictWhere(Predicate<AccessToken> condition) {
            tell("evictWhere");
          }

          @Override
          public void evictAll() {
            tell("evictAll");
          }
        };
    cache[0] =
        new CachingAccessTokenVerifier(
            asked, "realm", LIMITS, null, below, new SettableClock(NOON));
    for (Consumer<CachingAccessTokenVerifier> eviction :
        List.<Consumer<CachingAccessTokenVerifier>>of(
            c -> c.evict("a"),
            c -> c.evictIssuer("as"),
            c -> c.evictWhere(token -> true),
            CachingAccessTokenVerifier::evictAll)) {
      CompletableFuture<Verification> unused = cache[0].verify(token("a"));
      eviction.accept(cache[0]);
    }
    assertThat(told)
        .containsExactly(
            "evict " + token("a").digest().toBase64Url() + " with 1 in flight",
            "evictIssuer as with 1 in flight",
            "evictWhere with 1 in flight",
            "evictAll with 1 in flight");
  }
}
