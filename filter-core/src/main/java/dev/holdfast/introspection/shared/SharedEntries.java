package dev.holdfast.introspection.shared;

import dev.holdfast.AccessToken;
import dev.holdfast.PresentedToken;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Verification;
import dev.holdfast.introspection.shared.EntryStore.Found;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The entries of one issuer: which of them may be believed, and for how long. */
final class SharedEntries {
  /** Whose it is to ask the issuer about a token. */
  enum Asker {
    /** Whoever claims it. */
    NOBODY_YET,
    /** This node, which has claimed it. */
    THIS_NODE,
    /** Another node, which has claimed it. */
    ANOTHER_NODE,
    /** The store does not say: each node for itself. */
    EVERYBODY
  }

  /**
   * What a look has brought.
   *
   * @param answer null where there is none that may be given
   * @param isEmpty whether nothing at all lies there
   */
  record Look(@Nullable Verification answer, Asker asker, boolean isEmpty) {
    /** Where the store cannot be asked. */
    static final Look FAILED = new Look(null, Asker.EVERYBODY, false);
  }

  private final SharedStore shared;
  private final EntryStore store;
  private final StoreHealth health;
  private final EntryCipher cipher;
  private final SharedLimits limits;
  private final Evictions evictions;
  private final Clock clock;
  private final LongAdder written = new LongAdder();
  private final LongAdder full = new LongAdder();
  private final LongAdder disbelieved = new LongAdder();

  SharedEntries(SharedStore shared, String realm, SharedLimits limits, Clock clock) {
    this.shared = shared;
    this.store = shared.store();
    this.health = shared.health();
    this.cipher = new EntryCipher(shared.secret(), realm, new SecureRandom());
    this.limits = limits;
    this.evictions =
        new Evictions(Math.max(limits.ttl().toMillis(), limits.negativeTtl().toMillis()));
    this.clock = clock;
  }

  String name(PresentedToken token) {
    return cipher.name(token.digest());
  }

  /** What is known of a token. */
  CompletableFuture<Look> find(String name, PresentedToken token, IssuerAnswers issuer) {
    if (!health.mayAsk()) {
      return CompletableFuture.completedFuture(Look.FAILED);
    }
    long sent = clock.millis();
    return heard(store.find(name))
        .handle(
            (found, failure) ->
                failure != null
                    ? Look.FAILED
                    : new Look(
                        believed(name, found, sent, token, issuer),
                        found.claimed() ? Asker.ANOTHER_NODE : Asker.NOBODY_YET,
                        found.value() == null));
  }

  /** Lets this node ask the issuer, unless another one does. */
  CompletableFuture<Asker> claim(String name, Duration life) {
    return heard(store.claim(name, life))
        .handle(
            (mine, failure) -> {
              if (failure != null) {
                return Asker.EVERYBODY;
              }
              return mine ? Asker.THIS_NODE : Asker.ANOTHER_NODE;
            });
  }

  /** Lets somebody else ask. */
  void release(String name) {
    CompletableFuture<?> unused = heard(store.release(name));
  }

  private <T> CompletableFuture<T> heard(CompletableFuture<T> answer) {
    return answer.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            health.works();
          } else {
            health.fails(failure);
          }
        });
  }

  private @Nullable Verification believed(
      String name, Found found, long sent, PresentedToken token, IssuerAnswers issuer) {
    Entry entry = opened(name, found);
    if (entry == null) {
      return null;
    }
    long askedAt = Math.min(entry.askedAt(), sent - (entry.life() - found.leftMillis()));
    if (entry.askedAt() > sent + Evictions.CLOCKS_DIFFER) {
      return disbelieved();
    }
    Verification answer = issuer.judge(token, entry.claims());
    long until = askedAt + Math.min(entry.life(), limitOf(answer).toMillis());
    if (until <= clock.millis() || evictions.cover(name, answer, askedAt)) {
      return disbelieved();
    }
    return until(answer, Instant.ofEpochMilli(until));
  }

  private @Nullable Verification disbelieved() {
    disbelieved.increment();
    return null;
  }

  private @Nullable Entry opened(String name, Found found) {
    byte[] sealed = found.value();
    if (sealed == null) {
      return null;
    }
    byte[] content = cipher.open(name, sealed);
    Entry entry = content == null ? null : Entry.read(content);
    if (entry == null && !cipher.isOfOthers(sealed)) {
      health.foundUnreadable();
    }
    return entry;
  }

  private static Verification until(Verification answer, Instant until) {
    if (answer instanceof Verification.Valid valid) {
      return new Verification.Valid(valid.token(), until);
    }
    Verification.Invalid invalid = (Verification.Invalid) answer;
    return new Verification.Invalid(invalid.rule(), invalid.finding(), until);
  }

  private Duration limitOf(Verification answer) {
    return answer instanceof Verification.Valid ? limits.ttl() : limits.negativeTtl();
  }

  /**
   * Writes what the issuer has said.
   *
   * @param askedAt when it was asked, in milliseconds since 1970
   * @param askedNanos the same by {@link System#nanoTime}
   * @return completes when it is written, or will not be; never exceptionally
   */
  CompletableFuture<?> write(
      String name, Verification answer, Map<String, Object> claims, long askedAt, long askedNanos) {
    long life = lifeOf(answer, askedAt);
    if (life <= 0 || !health.isAtWork()) {
      return CompletableFuture.completedFuture(null);
    }
    byte[] content = new Entry(askedAt, life, claims).toBytes();
    if (content == null) {
      return CompletableFuture.completedFuture(null);
    }
    byte[] sealed = cipher.seal(name, content);
    return room(answer instanceof Verification.Valid, sealed.length)
        .thenCompose(
            hasRoom -> {
              long left = life - (System.nanoTime() - askedNanos) / 1_000_000 - 1;
              if (!hasRoom) {
                full.increment();
              }
              return hasRoom && left > 0
                  ? put(name, sealed, left)
                  : CompletableFuture.<Void>completedFuture(null);
            })
        .exceptionally(failure -> null); // counted and logged where it was heard
  }

  private CompletableFuture<Boolean> room(boolean vouches, int bytes) {
    ByteBudget budget = shared.room(vouches);
    return budget == null ? CompletableFuture.completedFuture(true) : heard(budget.take(bytes));
  }

  private CompletableFuture<Void> put(String name, byte[] sealed, long left) {
    return heard(store.put(name, sealed, Duration.ofMillis(left))).thenRun(written::increment);
  }

  private long lifeOf(Verification answer, long askedAt) {
    long life = limitOf(answer).toMillis();
    if (answer instanceof Verification.Valid valid) {
      Instant end = valid.token().expiresAt();
      return end == null ? life : Math.min(life, end.toEpochMilli() - askedAt);
    }
    return life;
  }

  void evict(Sha256Digest tokenDigest) {
    String name = cipher.name(tokenDigest);
    evictions.addName(name, clock.millis());
    CompletableFuture<?> unused = heard(store.remove(name));
  }

  void evictWhere(Predicate<AccessToken> condition) {
    evictions.addTokens(condition, clock.millis());
  }

  void evictAnswers(Predicate<Verification> condition) {
    evictions.addAnswers(condition, clock.millis());
  }

  long written() {
    return written.sum();
  }

  long full() {
    return full.sum();
  }

  long notBelieved() {
    return disbelieved.sum();
  }
}
