package dev.holdfast.introspection;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.internal.waiting.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets a call through when there is room for it and the endpoint is not known to be failing.
 *
 * <p>A slow endpoint thus cannot take all threads of a container: as many callers as there are
 * places wait for one, in their order and for a short while only, and one more is turned away at
 * once.
 *
 * <p>Anybody can send a token at which the issuer, or a firewall before it, answers 403 or 500 or
 * nothing. So a call about a caller's token never says that the endpoint fails, nor that this
 * service's credentials are wrong, nor that everybody is to stay away until {@code Retry-After}; it
 * only raises a suspicion. A {@link Probe} of Holdfast's own decides.
 */
final class CallGuard {
  private final Semaphore places;

  /** Those who have a place, and those who wait for one. */
  private final Semaphore admitted;

  private final Duration patience;
  private final CircuitBreaker breaker;
  private final Probe probe;
  private final CredentialAlarm alarm;

  /** Whether an unknown token gets such a status here although the endpoint works. */
  private volatile boolean probeStatusSaysNothing;

  /**
   * A guard.
   *
   * @param places for calls, all of them free, handed out in order
   * @param patience how long somebody waits for one
   */
  CallGuard(
      Semaphore places,
      Duration patience,
      CircuitBreaker breaker,
      Probe probe,
      CredentialAlarm alarm) {
    this.places = places;
    this.admitted = new Semaphore(2 * places.availablePermits());
    this.patience = patience;
    this.breaker = breaker;
    this.probe = probe;
    this.alarm = alarm;
  }

  /**
   * Makes the call, once, or none.
   *
   * @return fails with {@link IssuerUnavailableException} when no call is made
   */
  CompletableFuture<HttpAnswer> call(Supplier<CompletableFuture<HttpAnswer>> exchange) {
    if (!tryEnter()) {
      return unavailable("too many introspection calls are under way");
    }
    CompletableFuture<HttpAnswer> answer;
    try {
      answer =
          switch (breaker.tryPass()) {
            case REFUSED -> leftAlone();
            case PROBE -> afterRest(exchange);
            case ORDINARY -> ordinary(exchange);
          };
    } catch (RuntimeException | Error bug) {
      leave();
      throw bug;
    }
    return answer.whenComplete((received, failure) -> leave());
  }

  private boolean tryEnter() {
    if (!admitted.tryAcquire()) {
      return false;
    }
    if (Deadline.in(patience).await(places)) {
      return true;
    }
    admitted.release();
    return false;
  }

  private void leave() {
    places.release();
    admitted.release();
  }

  private CompletableFuture<HttpAnswer> ordinary(Supplier<CompletableFuture<HttpAnswer>> exchange) {
    return exchange
        .get()
        .handle(Outcome::of)
        .thenCompose(
            outcome -> {
              if (outcome.isAnswering()) {
                breaker.succeeded();
                return outcome.asFuture();
              }
              boolean decides = breaker.failed(outcome.rest() != null);
              return decides || alarm.suspects(outcome.status())
                  ? probed(decides).thenCompose(working -> outcome.asFuture())
                  : outcome.asFuture();
            });
  }

  /** Whether the endpoint works; if not, that opens the breaker where the look was about that. */
  private CompletableFuture<Boolean> probed(boolean decides) {
    return probe
        .ask()
        .thenApply(
            seen -> {
              boolean working = isWorking(seen);
              if (working || decides || seen.rest() != null) {
                breaker.probed(working, seen.rest());
              }
              return working;
            });
  }

  private boolean isWorking(Outcome seen) {
    if (seen.isAnswering()) {
      probeStatusSaysNothing = false;
      return true;
    }
    if (seen.isHeard() && probeStatusSaysNothing) {
      return true;
    }
    alarm.confirmed(seen.status());
    return false;
  }

  /**
   * The endpoint was left alone for a while. The caller's own call is made also where the probe got
   * a refusal: some issuers refuse every token that they do not know, and must not stay cut off.
   */
  private CompletableFuture<HttpAnswer> afterRest(
      Supplier<CompletableFuture<HttpAnswer>> exchange) {
    return probe
        .ask()
        .thenCompose(
            seen -> {
              if (isWorking(seen)) {
                breaker.probed(true);
                return ordinary(exchange);
              }
              if (!seen.isHeard()) {
                breaker.probed(false);
                return leftAlone();
              }
              return secondOpinion(seen, exchange);
            });
  }

  private CompletableFuture<HttpAnswer> secondOpinion(
      Outcome seen, Supplier<CompletableFuture<HttpAnswer>> exchange) {
    CompletableFuture<HttpAnswer> answer;
    try {
      answer = exchange.get();
    } catch (RuntimeException | Error bug) {
      breaker.probed(false, seen.rest());
      throw bug;
    }
    return answer
        .handle(Outcome::of)
        .thenCompose(
            outcome -> {
              if (outcome.isGood()) {
                probeStatusSaysNothing = true;
              }
              breaker.probed(outcome.isGood(), seen.rest());
              return outcome.asFuture();
            });
  }

  private CompletableFuture<HttpAnswer> leftAlone() {
    Duration asked = breaker.askedRest();
    return asked == null
        ? unavailable("the introspection endpoint failed repeatedly and is left alone")
        : CompletableFuture.failedFuture(
            new IssuerUnavailableException(
                "the introspection endpoint has asked to be left alone", null, asked));
  }

  private static CompletableFuture<HttpAnswer> unavailable(String rule) {
    return CompletableFuture.failedFuture(new IssuerUnavailableException(rule, null));
  }
}
