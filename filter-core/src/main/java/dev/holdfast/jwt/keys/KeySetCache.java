package dev.holdfast.jwt.keys;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.waiting.Later;
import dev.holdfast.internal.waiting.WaitingRoom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the issuer's keys: one fetch at a time, shared by all who need it; at a bounded rate; known
 * keys are at hand without waiting while a fetch runs, and outlive an outage up to a limit, after
 * which it fails closed. No lock; nobody waits inside.
 *
 * <p>A token whose key is unknown has the keys looked for. Anybody can make such a token, so that
 * there is a pace; whoever comes too early is given the next look and not an old answer. Where the
 * last look failed, nobody can say whether the key is the issuer's.
 */
public final class KeySetCache implements AutoCloseable {
  private static final long NEVER = Long.MIN_VALUE;

  /**
   * The last good answer.
   *
   * @param at when it came, in milliseconds since the epoch
   * @param ready the keys as a completed future, made once
   */
  private record Held(KeySet keys, long at, CompletableFuture<KeySet> ready) {}

  /** A look that is under way, or that begins at the next moment at which one may. */
  private record Look(CompletableFuture<KeySet> keys, long begunNanos) {
    static Look now() {
      return new Look(new CompletableFuture<>(), System.nanoTime());
    }
  }

  private final KeySetOrigin origin;
  private final Clock clock;
  private final long refreshAhead;
  private final long lifetime;
  private final long maxStale;
  private final Pace retries;
  private final Pace forced;
  private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
  private final AtomicReference<@Nullable Look> inFlight = new AtomicReference<>();
  private final AtomicReference<@Nullable Look> next = new AtomicReference<>();
  private final BiConsumer<Duration, Runnable> later;
  private final Later timer = new Later();
  private final WaitingRoom room;
  private final KeySetLog log;
  private volatile long lastFailure = NEVER;

  public KeySetCache(KeySetOrigin origin, KeySetTiming timing, Clock clock) {
    this(origin, timing, KeyLimits.DEFAULTS.maxWaiting(), clock, null);
  }

  /**
   * A cache that is empty.
   *
   * @param maxWaiting so many callers wait for a look for as long as it takes
   * @param later runs a task that long from now; null: a timer of its own
   */
  public KeySetCache(
      KeySetOrigin origin,
      KeySetTiming timing,
      int maxWaiting,
      Clock clock,
      @Nullable BiConsumer<Duration, Runnable> later) {
    this.origin = origin;
    this.clock = clock;
    this.later =
        later != null
            ? later
            : (time, task) -> {
              Future<?> unused = timer.after(time, task);
            };
    this.room = new WaitingRoom(maxWaiting, timer);
    this.log = new KeySetLog(origin.issuer(), timing.maxStale());
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
  public CompletableFuture<KeySet> current() {
    Held known = held.get();
    long now = clock.millis();
    long age = known == null ? Long.MAX_VALUE : Pace.elapsed(known.at, now);
    if (known != null && age < refreshAhead) {
      return known.ready;
    }
    Look look = look(retries);
    if (known == null || age >= maxStale) {
      return look != null ? waitFor(look) : keysOfAnother(now);
    }
    boolean outage = Pace.elapsed(lastFailure, now) < lifetime;
    if (age < lifetime || outage || look == null) {
      return known.ready;
    }
    return waitFor(look)
        .exceptionallyCompose(
            failure ->
                look.keys.isCompletedExceptionally()
                    ? known.ready
                    : CompletableFuture.failedFuture(failure)); // no place to wait
  }

  /**
   * Keys that were looked for after these, which did not do for a token: newer ones, or the same.
   *
   * @return fails with {@link IssuerUnavailableException} when the look fails, or the last one did:
   *     then nobody can tell whether the issuer has a key for the token
   */
  public CompletableFuture<KeySet> newerThan(KeySet insufficient) {
    Held known = held.get();
    if (known != null && known.keys != insufficient) {
      return known.ready;
    }
    Look look = look(forced);
    if (look != null) {
      return waitFor(look);
    }
    Held latest = held.get();
    if (latest != null && latest.keys != insufficient) {
      return latest.ready;
    }
    return lastFailure == NEVER
        ? waitFor(nextLook())
        : failed("the issuer's keys are out of reach");
  }

  private CompletableFuture<KeySet> waitFor(Look look) {
    return room.await(look.keys, look.begunNanos);
  }

  /** The look that begins as soon as one may: all who come meanwhile share it. */
  private Look nextLook() {
    Look mine = Look.now();
    Look other = next.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    Duration pause = Duration.ofMillis(forced.millisToNext(clock.millis()));
    later.accept(pause, () -> begin(mine));
    return mine;
  }

  /** Unless another look began meanwhile, and took over whoever waits. */
  private void begin(Look waited) {
    if (waited.equals(next.get())) {
      Look mine = Look.now();
      Look other = inFlight.compareAndExchange(null, mine);
      forced.pass(clock.millis());
      if (other == null) {
        start(mine);
      }
      if (next.compareAndSet(waited, null)) {
        handOver(other == null ? mine : other, waited);
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the outcome goes to whoever waits
  private static void handOver(Look look, Look waited) {
    look.keys.whenComplete(
        (keys, failure) -> {
          if (failure == null) {
            waited.keys.complete(keys);
          } else {
            waited.keys.completeExceptionally(failure);
          }
        });
  }

  /** Between two looks another caller's fetch may have ended well. */
  private CompletableFuture<KeySet> keysOfAnother(long now) {
    Held latest = held.get();
    return latest != null && Pace.elapsed(latest.at, now) < maxStale
        ? latest.ready
        : failed("the issuer's keys are out of reach");
  }

  private static CompletableFuture<KeySet> failed(String rule) {
    return CompletableFuture.failedFuture(new IssuerUnavailableException(rule, null));
  }

  /**
   * The look that runs, otherwise a new one, or null when the pace forbids it. A pace closes only
   * behind a look that can be seen, so that null means: one was made, and its outcome is there.
   */
  private @Nullable Look look(Pace pace) {
    Look running = inFlight.get();
    if (running != null) {
      return running;
    }
    if (pace.millisToNext(clock.millis()) > 0) {
      return inFlight.get();
    }
    Look mine = Look.now();
    Look other = inFlight.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    if (pace.tryPass(clock.millis())) {
      start(mine);
    } else { // another look began and ended since the pace was read
      inFlight.set(null);
      handOver(nextLook(), mine);
    }
    return mine;
  }

  /** A look that can be seen begins; it is for all who wait for the next as well. */
  private void start(Look mine) {
    Look waited = next.getAndSet(null); // before it starts: its answer is no old one for them
    if (waited != null) {
      handOver(mine, waited);
    }
    fetch(mine.keys);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the outcome goes to the shared future
  private void fetch(CompletableFuture<KeySet> shared) {
    CompletableFuture.completedFuture(origin)
        .thenCompose(KeySetOrigin::fetch) // so that a throw becomes a failure like any other
        .whenComplete(
            (keys, failure) -> {
              if (failure == null) {
                held.set(new Held(keys, clock.millis(), CompletableFuture.completedFuture(keys)));
                lastFailure = NEVER;
                log.fetched(clock.instant());
              } else {
                lastFailure = clock.millis();
                Held last = held.get();
                log.failed(failure, last == null ? null : last.at, clock.instant());
              }
              inFlight.set(null); // after the outcome is visible, before anyone hears of it
              if (failure == null) {
                shared.complete(keys);
              } else {
                shared.completeExceptionally(failure);
              }
            });
  }

  /** Ends its timer; whoever waits for a look that has not begun waits no longer than his call. */
  @Override
  public void close() {
    timer.close();
    Look waiting = next.get();
    if (waiting != null) {
      waiting.keys.completeExceptionally(new IssuerUnavailableException("closed", null));
    }
  }
}
