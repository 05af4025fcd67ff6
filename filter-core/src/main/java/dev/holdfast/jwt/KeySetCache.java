package dev.holdfast.jwt;

import dev.holdfast.IssuerUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds the issuer's keys: one fetch at a time, shared by all who need it; at a bounded rate; known
 * keys are at hand without waiting while a fetch runs, and outlive an outage up to a limit, after
 * which it fails closed. No lock; nobody waits inside.
 */
final class KeySetCache {
  private static final System.Logger LOG = System.getLogger(KeySetCache.class.getPackageName());

  /**
   * The last good answer.
   *
   * @param at when it came, in milliseconds since the epoch
   * @param ready the keys as a completed future, made once
   */
  private record Held(KeySet keys, long at, CompletableFuture<KeySet> ready) {}

  private final KeySetOrigin origin;
  private final Clock clock;
  private final long refreshAhead;
  private final long lifetime;
  private final long maxStale;
  private final Pace retries;
  private final Pace forced;
  private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
  private final AtomicReference<@Nullable CompletableFuture<KeySet>> inFlight =
      new AtomicReference<>();
  private volatile long lastFailure = Long.MIN_VALUE;

  KeySetCache(KeySetOrigin origin, KeySetTiming timing, Clock clock) {
    this.origin = origin;
    this.clock = clock;
    this.refreshAhead = timing.refreshAhead().toMillis();
    this.lifetime = timing.lifetime().toMillis();
    this.maxStale = timing.maxStale().toMillis();
    this.retries = new Pace(timing.retryInterval());
    this.forced = new Pace(timing.forcedInterval());
  }

  /**
   * The keys to use now: at hand in nearly every case.
   *
   * @return fails with {@link IssuerUnavailableException} when no keys were ever got, or the last
   *     ones are too old
   */
  CompletableFuture<KeySet> current() {
    Held known = held.get();
    long now = clock.millis();
    long age = known == null ? Long.MAX_VALUE : Pace.elapsed(known.at, now);
    if (known != null && age < refreshAhead) {
      return known.ready;
    }
    CompletableFuture<KeySet> fetch = fetch(retries);
    if (known == null || age >= maxStale) {
      return fetch != null ? fetch : keysOfAnother(now);
    }
    boolean outage = Pace.elapsed(lastFailure, now) < lifetime;
    if (age < lifetime || outage || fetch == null) {
      return known.ready;
    }
    return fetch.exceptionally(failure -> known.keys);
  }

  /**
   * Newer keys than these, which did not do for a token; the same ones when it is too early to ask
   * again, or when asking fails.
   */
  CompletableFuture<KeySet> newerThan(KeySet insufficient) {
    Held known = held.get();
    if (known != null && known.keys != insufficient) {
      return known.ready;
    }
    CompletableFuture<KeySet> fetch = fetch(forced);
    if (fetch != null) {
      return fetch.exceptionally(failure -> insufficient);
    }
    Held latest = held.get();
    return latest != null ? latest.ready : CompletableFuture.completedFuture(insufficient);
  }

  /** Between two looks another caller's fetch may have ended well. */
  private CompletableFuture<KeySet> keysOfAnother(long now) {
    Held latest = held.get();
    return latest != null && Pace.elapsed(latest.at, now) < maxStale
        ? latest.ready
        : CompletableFuture.failedFuture(
            new IssuerUnavailableException("the issuer's keys are out of reach", null));
  }

  /** The fetch that runs, else a new one, else null when the pace forbids it. */
  private @Nullable CompletableFuture<KeySet> fetch(Pace pace) {
    CompletableFuture<KeySet> running = inFlight.get();
    if (running != null) {
      return running;
    }
    if (!pace.tryPass(clock.millis())) {
      return inFlight.get(); // whoever passed just now may have begun
    }
    CompletableFuture<KeySet> mine = new CompletableFuture<>();
    CompletableFuture<KeySet> other = inFlight.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    start(mine);
    return mine;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the outcome goes to the shared future
  private void start(CompletableFuture<KeySet> shared) {
    CompletableFuture.completedFuture(origin)
        .thenCompose(KeySetOrigin::fetch) // so that a throw becomes a failure like any other
        .whenComplete(
            (keys, failure) -> {
              if (failure == null) {
                held.set(new Held(keys, clock.millis(), CompletableFuture.completedFuture(keys)));
              } else {
                lastFailure = clock.millis();
                LOG.log(Level.WARNING, "the key set could not be fetched: {0}", reason(failure));
              }
              inFlight.set(null); // after the outcome is visible, before anyone hears of it
              if (failure == null) {
                shared.complete(keys);
              } else {
                shared.completeExceptionally(failure);
              }
            });
  }

  /** One line, without the stack: an outage repeats it. */
  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof IssuerUnavailableException
        ? String.valueOf(cause.getMessage())
        : cause.toString();
  }
}
