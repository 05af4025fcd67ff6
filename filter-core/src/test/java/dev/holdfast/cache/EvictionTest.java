package dev.holdfast.cache;

import static dev.holdfast.cache.Specimens.INACTIVE;
import static dev.holdfast.cache.Specimens.LIMITS;
import static dev.holdfast.cache.Specimens.NOON;
import static dev.holdfast.cache.Specimens.settled;
import static dev.holdfast.cache.Specimens.token;
import static dev.holdfast.cache.Specimens.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Verification;
import dev.holdfast.testing.SettableClock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
}
