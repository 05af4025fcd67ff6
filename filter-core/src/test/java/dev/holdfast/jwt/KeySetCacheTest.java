package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.jwt.keys.KeySet;
import dev.holdfast.jwt.keys.KeySetCache;
import dev.holdfast.jwt.keys.KeySetTiming;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.SettableClock;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** T48 and T49 on a moved clock, with fetches that the test ends when it likes. */
@SuppressWarnings("FutureReturnValueIgnored") // the fetches that they begin are what is looked at
@Tag("verify")
class KeySetCacheTest {
  private final SettableClock clock = new SettableClock(Specimen.NOW);
  private final List<CompletableFuture<KeySet>> fetches = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Runnable> tasks = new ArrayList<>();
  private final KeySetCache cache =
      new KeySetCache(
          () -> {
            CompletableFuture<KeySet> fetch = new CompletableFuture<>();
            fetches.add(fetch);
            return fetch;
          },
          KeySetTiming.DEFAULTS,
          1000,
          clock,
          (pause, task) -> {
            pauses.add(pause);
            tasks.add(task);
          });
  private final JwtAccessTokenVerifier verifier =
      new JwtAccessTokenVerifier(
          new JwtIssuer(
              Specimen.ISSUER, null, Set.of(), Set.of(), Set.of(), Duration.ofSeconds(10)),
          cache,
          clock);
  private final KeySet first = Specimen.keySet(List.of(Specimen.rsaJwk()));
  private final KeySet second = Specimen.keySet(List.of(Specimen.ecJwk()));

  private CompletableFuture<Verification> verify(Specimen specimen) {
    long now = clock.instant().getEpochSecond();
    return verifier.verify(specimen.claim("iat", now).claim("exp", now + 300).presented());
  }

  private void answer(int fetch, KeySet keys) {
    fetches.get(fetch).complete(keys);
  }

  private void fail(int fetch) {
    fetches.get(fetch).completeExceptionally(new IssuerUnavailableException("down", null));
  }

  private static void assertUnavailable(CompletableFuture<?> result) {
    assertThat(result).isCompletedExceptionally();
    assertThatThrownBy(result::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IssuerUnavailableException.class);
  }

  @Test
  void nothingIsFetchedBeforeTheFirstToken() {
    assertThat(fetches).isEmpty();
    cache.current();
    assertThat(fetches).hasSize(1);
  }

  @Test
  void manyWaitersShareOneFetch() {
    List<CompletableFuture<Verification>> waiting = new ArrayList<>();
    PresentedToken token = Specimen.es256().presented();
    for (int i = 0; i < 1000; i++) {
      waiting.add(verifier.verify(token));
    }
    assertThat(fetches).hasSize(1);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);

    waiting.get(0).cancel(true); // one that gives up takes nobody along
    answer(0, second);
    assertThat(waiting.subList(1, 1000))
        .allSatisfy(result -> assertThat(result.join()).isInstanceOf(Verification.Valid.class));
  }

  @Test
  void aFloodOfUnknownKidsFetchesOnceAnIntervalAndBlocksNobody_T48() {
    cache.current();
    answer(0, first);
    PresentedToken known = Specimen.rs256().presented();
    for (int i = 0; i < 200; i++) {
      verify(Specimen.es256().header("kid", "random-" + i));
      assertThat(verifier.verify(known))
          .isCompletedWithValueMatching(Verification.Valid.class::isInstance);
    }
    assertThat(fetches).hasSize(2);
    answer(1, first);
    List<CompletableFuture<Verification>> early = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      early.add(verify(Specimen.es256().header("kid", "more-" + i)));
      assertThat(verifier.verify(known))
          .isCompletedWithValueMatching(Verification.Valid.class::isInstance);
    }
    assertThat(early).noneMatch(CompletableFuture::isDone);
    assertThat(fetches).hasSize(2);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));

    clock.advance(Duration.ofSeconds(1));
    tasks.get(0).run();
    verify(Specimen.es256());
    assertThat(fetches).hasSize(3);
    answer(2, first);
    assertThat(early)
        .allSatisfy(
            refused ->
                assertThat(refused.join())
                    .isEqualTo(new Verification.Invalid("no key of the issuer signed it")));
  }

  /** The caller may come before the timer does. */
  @Test
  void whoeverLooksFirstAfterThePauseLooksForAllWhoWait_T48() {
    cache.current();
    answer(0, first);
    verify(Specimen.es256());
    answer(1, first);
    CompletableFuture<Verification> waiting = verify(Specimen.es256());
    clock.advance(Duration.ofSeconds(1));
    CompletableFuture<Verification> caller = verify(Specimen.es256());
    assertThat(fetches).hasSize(3);
    answer(2, second);
    assertThat(caller.join()).isInstanceOf(Verification.Valid.class);
    assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join())
        .isInstanceOf(Verification.Valid.class);

    tasks.get(0).run();
    assertThat(fetches).as("once in an interval").hasSize(3);
  }

  @Test
  void aNewKeyIsFoundInAFloodOfForgedOnes_C67() {
    cache.current();
    answer(0, first);
    CompletableFuture<Verification> forged = verify(Specimen.es256().header("kid", "forged"));
    answer(1, first);
    assertThat(forged.join()).isInstanceOf(Verification.Invalid.class);

    clock.advance(Duration.ofMillis(300));
    CompletableFuture<Verification> withNewKey = verify(Specimen.es256());
    assertThat(withNewKey).isNotDone();
    assertThat(pauses).containsExactly(Duration.ofMillis(700));
    clock.advance(Duration.ofMillis(700));
    tasks.get(0).run();
    answer(2, second);
    assertThat(withNewKey.join()).isInstanceOf(Verification.Valid.class);

    assertThat(verify(Specimen.es256().header("kid", "forged"))).isNotDone();
    assertThat(fetches).as("that was the look of this interval").hasSize(3);
  }

  @Test
  void whereTheLastLookFailedAnUnknownKeyIsAnOutageAndAKnownOneGoesOn_C67() {
    cache.current();
    answer(0, first);
    CompletableFuture<Verification> looking = verify(Specimen.es256());
    fail(1);
    assertThatThrownBy(looking::join).hasCauseInstanceOf(IssuerUnavailableException.class);
    assertUnavailable(verify(Specimen.es256())); // too early to look again: no statement
    assertThat(tasks).isEmpty();
    assertThat(verify(Specimen.rs256()))
        .isCompletedWithValueMatching(Verification.Valid.class::isInstance);

    clock.advance(Duration.ofSeconds(1));
    CompletableFuture<Verification> again = verify(Specimen.es256());
    answer(2, second);
    assertThat(again.join()).isInstanceOf(Verification.Valid.class);

    CompletableFuture<Verification> forged = verify(Specimen.es256().header("kid", "forged"));
    assertThat(forged).as("the outage is over").isNotDone();
    clock.advance(Duration.ofSeconds(1));
    tasks.get(0).run();
    answer(3, second);
    assertThat(forged.join()).isInstanceOf(Verification.Invalid.class);
  }

  @Test
  void callersBeyondTheLimitWaitForAMomentOnly_C81() throws InterruptedException {
    try (KeySetCache small =
        new KeySetCache(() -> new CompletableFuture<>(), KeySetTiming.DEFAULTS, 2, clock, null)) {
      CompletableFuture<KeySet> one = small.current();
      CompletableFuture<KeySet> two = small.current();
      CompletableFuture<KeySet> three = small.current();
      assertThat(Await.within(Duration.ofSeconds(20), three::isDone)).isTrue();
      assertUnavailable(three);
      assertUnavailable(small.current());
      assertThat(one).isNotDone();
      assertThat(two).isNotDone();
    }
  }

  @Test
  void theLogSaysUntilWhenTheLastKeysAreUsed_C67() {
    List<String> lines = new ArrayList<>();
    Logger logger = Logger.getLogger("dev.holdfast.jwt");
    Filter before = logger.getFilter();
    logger.setFilter(
        line -> {
          lines.add(new SimpleFormatter().formatMessage(line));
          return false;
        });
    try {
      cache.current();
      answer(0, first);
      for (int i = 1; i < 20; i++) {
        verify(Specimen.es256());
        fail(i);
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0)).contains("down", "used until " + Specimen.NOW.plusSeconds(900));
      verify(Specimen.es256());
      answer(20, second);
      assertThat(lines).hasSize(2);
    } finally {
      logger.setFilter(before);
    }
  }

  @Test
  void badSignaturesWithAKnownKidFetchNothing_T48() {
    cache.current();
    answer(0, first);
    KeyPair attacker = Specimen.stranger();

    assertThat(verify(Specimen.rs256(attacker.getPrivate())))
        .isCompletedWithValue(new Verification.Invalid("the signature does not hold"));
    assertThat(fetches).hasSize(1);
  }

  @Test
  void aNewKeyWorksAfterOneForcedFetch_T49() {
    cache.current();
    answer(0, first);
    CompletableFuture<Verification> withNewKey = verify(Specimen.es256());
    assertThat(withNewKey).isNotDone();
    answer(1, second);

    assertThat(withNewKey.join()).isInstanceOf(Verification.Valid.class);
    assertThat(verify(Specimen.es256()).join()).isInstanceOf(Verification.Valid.class);
    assertThat(fetches).hasSize(2);
  }

  @Test
  void aNewKeyWithoutKidsWorksAfterOneForcedFetch_T49() {
    cache.current();
    answer(0, first);
    KeyPair next = Specimen.stranger();
    CompletableFuture<Verification> withNewKey =
        verify(Specimen.rs256(next.getPrivate()).withoutHeader("kid"));
    Map<String, Object> jwk = Specimen.rsaJwk((RSAPublicKey) next.getPublic(), "x");
    jwk.remove("kid");
    answer(1, Specimen.keySet(List.of(jwk)));

    assertThat(withNewKey.join()).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void aRemovedKeyIsRefusedOnceTheLifetimeIsOver_T49() {
    cache.current();
    answer(0, first);
    clock.advance(Duration.ofSeconds(239));
    assertThat(verify(Specimen.rs256()).join()).isInstanceOf(Verification.Valid.class);
    assertThat(fetches).hasSize(1);

    clock.advance(Duration.ofSeconds(61));
    CompletableFuture<Verification> withOldKey = verify(Specimen.rs256());
    assertThat(withOldKey).isNotDone(); // 5 minutes: waits for the answer
    answer(1, second);
    assertThat(withOldKey.join()).isInstanceOf(Verification.Invalid.class);
  }

  @Test
  void refreshAheadMakesNobodyWait_T49() {
    cache.current();
    answer(0, first);
    clock.advance(Duration.ofMinutes(4));

    assertThat(verify(Specimen.rs256())).isDone();
    assertThat(verify(Specimen.rs256())).isDone();
    assertThat(fetches).hasSize(2);
    answer(1, second);
    assertThat(verify(Specimen.es256()).join()).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void anOutageIsOutlivedUntilMaxStale_T49() {
    cache.current();
    answer(0, first);
    clock.advance(Duration.ofMinutes(5));
    CompletableFuture<Verification> whoNoticed = verify(Specimen.rs256());
    fail(1);
    assertThat(whoNoticed.join()).isInstanceOf(Verification.Valid.class);
    assertThat(verify(Specimen.rs256())).isDone(); // and nobody waits any more
    assertThat(fetches).hasSize(2);
    clock.advance(Duration.ofSeconds(5));
    assertThat(verify(Specimen.rs256())).isDone();
    assertThat(fetches).hasSize(3);
    fail(2);

    clock.advance(Duration.ofMinutes(10).minusSeconds(6));
    CompletableFuture<Verification> justBefore = verify(Specimen.rs256());
    fail(3);
    assertThat(justBefore.join()).isInstanceOf(Verification.Valid.class);
    clock.advance(Duration.ofSeconds(1));
    assertUnavailable(verify(Specimen.rs256())); // too early to ask again
    clock.advance(Duration.ofSeconds(5));
    CompletableFuture<Verification> atTheEnd = verify(Specimen.rs256());
    fail(4);
    assertThatThrownBy(atTheEnd::join).hasCauseInstanceOf(IssuerUnavailableException.class);

    clock.advance(Duration.ofSeconds(5));
    CompletableFuture<Verification> afterwards = verify(Specimen.rs256());
    answer(5, first);
    assertThat(afterwards.join()).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void anIssuerThatWasNeverReachedIsUnavailableAndAskedAgainAtAPace_T49() {
    CompletableFuture<Verification> result = verify(Specimen.rs256());
    fail(0);
    assertThatThrownBy(result::join).hasCauseInstanceOf(IssuerUnavailableException.class);
    assertUnavailable(verify(Specimen.rs256()));
    clock.advance(Duration.ofMillis(4999));
    assertUnavailable(verify(Specimen.rs256()));
    assertThat(fetches).hasSize(1);

    clock.advance(Duration.ofMillis(1));
    CompletableFuture<Verification> later = verify(Specimen.rs256());
    answer(1, first);
    assertThat(later.join()).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void aClockSetBackDoesNotKeepOldKeysAlive() {
    cache.current();
    answer(0, first);
    clock.advance(Duration.ofMinutes(-10));
    cache.current();

    assertThat(fetches).hasSize(2);
  }

  @Test
  void aFetchThatThrowsIsAFailureAndDoesNotStick() {
    KeySetCache broken =
        new KeySetCache(
            () -> {
              throw new IllegalStateException("a bug");
            },
            KeySetTiming.DEFAULTS,
            clock);

    assertThat(broken.current()).isCompletedExceptionally();
    clock.advance(Duration.ofSeconds(5));
    assertThat(broken.current()).isCompletedExceptionally();
  }
}
