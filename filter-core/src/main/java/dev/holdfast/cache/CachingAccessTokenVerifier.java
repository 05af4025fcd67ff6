package dev.holdfast.cache;

import dev.holdfast.AccessToken;
import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.PresentedToken;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Verification;
import dev.holdfast.Verification.Invalid;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the delegate's answers and asks it once for a token, however many callers come at the
 * same time.
 *
 * <p>It guarantees:
 *
 * <ul>
 *   <li>no answer is given at or after the token's {@code exp}, nor when it is older than its
 *       time-to-live, counted from the moment the delegate was asked, by the wall clock and
 *       whichever way that jumps; nor at or after the moment that the delegate names ({@link
 *       Verification#until});
 *   <li>of the answers that refuse, only those are remembered for which an issuer was asked ({@link
 *       Invalid.Finding#ISSUER_ASKED}); a failure never is;
 *   <li>a failure reaches those who waited for that very answer, and the next caller asks again;
 *   <li>nobody can cancel or complete an answer for others;
 *   <li>after an eviction has returned, no answer that was asked for before it is given to a later
 *       caller.
 * </ul>
 */
public final class CachingAccessTokenVerifier implements AccessTokenVerifier {
  private final AccessTokenVerifier delegate;
  private final String realm;
  private final Duration ttl;
  private final Duration negativeTtl;
  private final Clock clock;
  private final AnswerStore good;
  private final AnswerStore refused;
  private final @Nullable Joining room;
  private final LowerLevel lower;
  private final ConcurrentMap<TokenKey, Flight> inFlight = new ConcurrentHashMap<>();
  private final LongAdder hits = new LongAdder();
  private final LongAdder negativeHits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder joined = new LongAdder();

  /**
   * A cache before the delegate.
   *
   * @param realm names the configuration that the answers belong to: part of every key
   * @param clock the wall clock
   */
  public CachingAccessTokenVerifier(
      AccessTokenVerifier delegate, String realm, CacheLimits limits, Clock clock) {
    this(delegate, realm, limits, null, clock);
  }

  /**
   * A cache before the delegate.
   *
   * @param realm names the configuration that the answers belong to: part of every key
   * @param room where callers wait who come while another one asks about the same token; null: any
   *     number of them waits
   * @param clock the wall clock
   */
  public CachingAccessTokenVerifier(
      AccessTokenVerifier delegate,
      String realm,
      CacheLimits limits,
      @Nullable Joining room,
      Clock clock) {
    this(delegate, realm, limits, room, LowerLevel.NONE, clock);
  }

  /**
   * A cache before a delegate that remembers answers too.
   *
   * @param realm names the configuration that the answers belong to: part of every key
   * @param room where callers wait who come while another one asks about the same token; null: any
   *     number of them waits
   * @param lower what the delegate remembers: it forgets whatever is forgotten here
   * @param clock the wall clock
   */
  public CachingAccessTokenVerifier(
      AccessTokenVerifier delegate,
      String realm,
      CacheLimits limits,
      @Nullable Joining room,
      LowerLevel lower,
      Clock clock) {
    this.delegate = delegate;
    this.lower = lower;
    this.room = room;
    this.realm = realm;
    this.ttl = limits.ttl();
    this.negativeTtl = limits.negativeTtl();
    this.clock = clock;
    this.good = new AnswerStore(limits.maxEntries(), clock);
    this.refused = new AnswerStore(limits.negativeMaxEntries(), clock);
  }

  @Override
  public CompletableFuture<Verification> verify(PresentedToken token) {
    if (ttl.isZero()) {
      misses.increment();
      return delegate.verify(token);
    }
    TokenKey key = new TokenKey(realm, token.digest());
    long now = clock.millis();
    SharedAnswer remembered = remembered(key, now);
    return remembered != null ? remembered : joinOrAsk(key, token, now);
  }

  private @Nullable SharedAnswer remembered(TokenKey key, long now) {
    RememberedAnswer answer = good.find(key, now);
    if (answer != null) {
      hits.increment();
      return answer.future();
    }
    answer = refused.find(key, now);
    if (answer != null) {
      negativeHits.increment();
      return answer.future();
    }
    return null;
  }

  private CompletableFuture<Verification> joinOrAsk(TokenKey key, PresentedToken token, long now) {
    Flight mine = new Flight(now);
    Flight other = inFlight.putIfAbsent(key, mine);
    if (other != null) {
      joined.increment();
      return room == null ? other.answer() : room.await(other.answer(), other.begunNanos());
    }
    // An earlier flight may have landed after our look and before our own take-off.
    SharedAnswer remembered = remembered(key, now);
    if (remembered != null) {
      inFlight.remove(key, mine);
      mine.answer().settle(remembered.join()); // it is complete
      return remembered;
    }
    ask(key, token, mine);
    return mine.answer();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the last stage only lands the flight
  private void ask(TokenKey key, PresentedToken token, Flight flight) {
    misses.increment();
    try {
      delegate.verify(token).whenComplete((answer, failure) -> land(key, flight, answer, failure));
    } catch (RuntimeException | Error bug) {
      land(key, flight, null, bug);
    }
  }

  /** Stored first, then out of the air, then told: at no moment would another caller ask again. */
  private void land(
      TokenKey key, Flight flight, @Nullable Verification answer, @Nullable Throwable failure) {
    try {
      if (answer != null) {
        flight.store(() -> store(key, answer, flight.askedAt()));
      }
    } finally {
      inFlight.remove(key, flight);
      if (answer != null) {
        flight.answer().settle(answer);
      } else {
        flight.answer().settleExceptionally(causeOf(failure));
      }
    }
  }

  private void store(TokenKey key, Verification answer, long askedAt) {
    if (answer instanceof Verification.Valid) {
      good.put(key, RememberedAnswer.of(answer, askedAt, ttl));
    } else if (answer instanceof Invalid invalid
        && invalid.finding() == Invalid.Finding.ISSUER_ASKED
        && !negativeTtl.isZero()) {
      refused.put(key, RememberedAnswer.of(answer, askedAt, negativeTtl));
    }
  }

  private static Throwable causeOf(@Nullable Throwable failure) {
    if (failure == null) {
      return new IllegalStateException("a token verifier gave no answer");
    }
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** Forgets one token, for example because it was revoked. */
  public void evict(String tokenValue) {
    evict(PresentedToken.of(PresentedToken.Scheme.BEARER, tokenValue).digest());
  }

  /** Forgets the token whose text has this digest. */
  public void evict(Sha256Digest tokenDigest) {
    lower.evict(tokenDigest); // first, so that what is on its way from there is discarded below
    TokenKey key = new TokenKey(realm, tokenDigest);
    Flight flight = inFlight.remove(key);
    if (flight != null) {
      flight.discard();
    }
    good.remove(key);
    refused.remove(key);
  }

  /** Forgets what this issuer vouched for, and every refusal: those have no issuer. */
  public void evictIssuer(String issuer) {
    lower.evictIssuer(issuer);
    discardFlights();
    good.removeIssuer(issuer);
    refused.removeAll();
  }

  /**
   * Forgets the good answers about tokens of which this holds; it is asked about each of them.
   * Refusals stay.
   */
  public void evictWhere(Predicate<AccessToken> condition) {
    lower.evictWhere(condition);
    discardFlights();
    good.removeWhere(condition);
  }

  /** Forgets everything. */
  public void evictAll() {
    lower.evictAll();
    discardFlights();
    good.removeAll();
    refused.removeAll();
  }

  private void discardFlights() {
    inFlight.forEach(
        (key, flight) -> {
          if (inFlight.remove(key, flight)) {
            flight.discard();
          }
        });
  }

  /** What it has done and what it holds. */
  public CacheStatistics statistics() {
    return new CacheStatistics(
        hits.sum(),
        negativeHits.sum(),
        misses.sum(),
        joined.sum(),
        good.evictions(),
        refused.evictions(),
        good.size(),
        refused.size(),
        inFlight.size());
  }

  /** For tests: does now what the stores otherwise do by and by. */
  void settle() {
    good.settle();
    refused.settle();
  }
}
