package dev.holdfast.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.holdfast.AccessToken;
import dev.holdfast.Verification;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers by token, bounded in number. Time is checked at every look; that the store also drops
 * what has run out only saves room.
 */
final class AnswerStore {
  private final Cache<TokenKey, RememberedAnswer> answers;
  private final LongAdder evictions = new LongAdder();

  AnswerStore(long maxEntries, Clock clock) {
    answers =
        Caffeine.newBuilder()
            .maximumSize(maxEntries)
            // Maintenance is a few steps without I/O; waking another thread for it costs more.
            .executor(Runnable::run)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(Expiry.<TokenKey, RememberedAnswer>writing((key, answer) -> answer.life()))
            .evictionListener(
                (key, answer, cause) -> {
                  if (cause == RemovalCause.SIZE) {
                    evictions.increment();
                  }
                })
            .build();
  }

  /** The answer that may be given at that moment, or null. */
  @Nullable RememberedAnswer find(TokenKey key, long millis) {
    RememberedAnswer answer = answers.getIfPresent(key);
    return answer != null && answer.standsAt(millis) ? answer : null;
  }

  void put(TokenKey key, RememberedAnswer answer) {
    answers.put(key, answer);
  }

  void remove(TokenKey key) {
    answers.invalidate(key);
  }

  void removeIssuer(String issuer) {
    answers.asMap().values().removeIf(answer -> issuer.equals(answer.issuer()));
  }

  void removeWhere(Predicate<AccessToken> condition) {
    answers
        .asMap()
        .values()
        .removeIf(
            answer ->
                answer.future().join() instanceof Verification.Valid valid
                    && condition.test(valid.token()));
  }

  void removeAll() {
    answers.invalidateAll();
  }

  long evictions() {
    return evictions.sum();
  }

  long size() {
    return answers.estimatedSize();
  }

  /** Does now what is otherwise done by and by. */
  void settle() {
    answers.cleanUp();
  }
}
