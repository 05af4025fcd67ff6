package dev.holdfast.introspection.shared;

import dev.holdfast.AccessToken;
import dev.holdfast.PresentedToken;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Verification;
import dev.holdfast.internal.waiting.OwnThread;
import dev.holdfast.introspection.shared.SharedEntries.Asker;
import dev.holdfast.introspection.shared.SharedEntries.Look;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * The answers of one issuer, shared by all nodes of a service.
 *
 * <p>It guarantees:
 *
 * <ul>
 *   <li>an answer is given for no longer than its time-to-live from the moment at which the issuer
 *       was asked, on whichever node, and never at or after the token's {@code exp}: {@link
 *       Verification#until} says up to when. The age of an entry is the larger one of what the
 *       nodes' clocks say, which may differ by ten seconds, and what the store says;
 *   <li>after an eviction has returned, no answer that was asked for before is taken from the
 *       store;
 *   <li>because of a store that is away, slow, full or forged, the issuer is asked, and nothing
 *       else happens;
 *   <li>while the store works, one node asks about a token, and the others wait for its answer,
 *       without a thread.
 * </ul>
 */
public final class SharedLevel {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  /** How much longer a claim lives than the claimer may take. */
  private static final Duration SPARE = Duration.ofSeconds(1);

  private final SharedEntries entries;
  private final StoreHealth health;
  private final SharedLimits limits;
  private final Pauses pauses;
  private final Executor calls;
  private final Clock clock;
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder waited = new LongAdder();

  /**
   * The answers of one issuer.
   *
   * @param realm which issuer, and as whom it is asked: nodes share the entries of one realm
   * @param clock the wall clock
   */
  public SharedLevel(
      SharedStore store, String realm, SharedLimits limits, Pauses pauses, Clock clock) {
    this.entries = new SharedEntries(store, realm, limits, clock);
    this.health = store.health();
    this.limits = limits;
    this.pauses = pauses;
    this.calls = OwnThread.EXECUTOR; // the store's threads must not be blocked
    this.clock = clock;
  }

  /**
   * What the issuer says of this token, or said a short while ago to one of the nodes.
   *
   * @return completes exceptionally only as {@link IssuerAnswers#ask} does
   */
  public CompletableFuture<Verification> verify(PresentedToken token, IssuerAnswers issuer) {
    return new Question(token, issuer).look();
  }

  /** One token of which this node does not know what the issuer says. */
  private final class Question {
    private final PresentedToken token;
    private final IssuerAnswers issuer;
    private final String name;
    private final long begun = System.nanoTime();
    private Duration pause = FIRST_PAUSE;

    Question(PresentedToken token, IssuerAnswers issuer) {
      this.token = token;
      this.issuer = issuer;
      this.name = entries.name(token);
    }

    CompletableFuture<Verification> look() {
      return entries.find(name, token, issuer).thenCompose(this::after);
    }

    private CompletableFuture<Verification> after(Look look) {
      Verification answer = look.answer();
      if (answer != null) {
        hits.increment();
        return CompletableFuture.completedFuture(answer);
      }
      return look.asker() == Asker.NOBODY_YET
          ? claim(look.isEmpty())
          : proceed(look.asker(), () -> {});
    }

    /**
     * Claims the token. Where nothing lay there, this looks once more right behind the claim: since
     * the first look another node may have asked, written the answer and given its claim back.
     */
    private CompletableFuture<Verification> claim(boolean looksAgain) {
      long claimed = System.nanoTime();
      Runnable release =
          () -> {
            if (System.nanoTime() - claimed < limits.patience().toNanos()) {
              entries.release(name); // later it might be that of another node
            }
          };
      CompletableFuture<Asker> claim = entries.claim(name, limits.patience().plus(SPARE));
      CompletableFuture<Look> again =
          looksAgain
              ? entries.find(name, token, issuer)
              : CompletableFuture.completedFuture(Look.FAILED);
      return claim.thenCompose(asker -> again.thenCompose(look -> claimed(asker, look, release)));
    }

    private CompletableFuture<Verification> claimed(Asker asker, Look look, Runnable release) {
      Verification answer = look.answer();
      if (answer == null) {
        return proceed(asker, release);
      }
      if (asker == Asker.THIS_NODE) {
        release.run();
      }
      hits.increment();
      return CompletableFuture.completedFuture(answer);
    }

    private CompletableFuture<Verification> proceed(Asker asker, Runnable release) {
      return switch (asker) {
        case THIS_NODE -> ask(release);
        case ANOTHER_NODE -> await();
        case NOBODY_YET, EVERYBODY -> ask(() -> {});
      };
    }

    /** Another node is asking. */
    private CompletableFuture<Verification> await() {
      boolean isLate = System.nanoTime() - begun >= limits.patience().toNanos();
      if (isLate || pauses.isClosed()) {
        return ask(() -> {});
      }
      if (waiting.incrementAndGet() > limits.maxWaiting()) {
        waiting.decrementAndGet();
        return ask(() -> {});
      }
      if (pause.equals(FIRST_PAUSE)) {
        waited.increment();
      }
      Duration now = pause;
      Duration next = pause.multipliedBy(2);
      pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
      return pauses
          .pause(now)
          .thenCompose(
              over -> {
                waiting.decrementAndGet();
                return look();
              });
    }

    /** Asks the issuer, and tells the other nodes; then, or when it failed, does the last thing. */
    private CompletableFuture<Verification> ask(Runnable afterwards) {
      misses.increment();
      long askedAt = clock.millis();
      long askedNanos = System.nanoTime();
      return CompletableFuture.completedFuture(token)
          .thenComposeAsync(issuer::ask, calls)
          .whenComplete(
              (claims, failure) -> {
                if (failure != null) {
                  afterwards.run();
                }
              })
          .thenApply(
              claims -> {
                Verification answer = issuer.judge(token, claims);
                CompletableFuture<?> unused =
                    entries
                        .write(name, answer, claims, askedAt, askedNanos)
                        .whenComplete((done, failure) -> afterwards.run());
                return answer;
              });
    }
  }

  /**
   * Forgets what is known of the token whose text has this digest, on this node and in the store.
   * Other nodes may still know it by themselves.
   */
  public void evict(Sha256Digest tokenDigest) {
    entries.evict(tokenDigest);
  }

  /** Believes no good answer about such tokens that was asked for before. */
  public void evictWhere(Predicate<AccessToken> condition) {
    entries.evictWhere(condition);
  }

  /** Believes no such answer that was asked for before. */
  public void evictAnswers(Predicate<Verification> condition) {
    entries.evictAnswers(condition);
  }

  /** What it has done. */
  public SharedStatistics statistics() {
    return new SharedStatistics(
        hits.sum(),
        misses.sum(),
        waited.sum(),
        entries.written(),
        entries.full(),
        health.unreadable(),
        entries.notBelieved(),
        health.failed());
  }
}
