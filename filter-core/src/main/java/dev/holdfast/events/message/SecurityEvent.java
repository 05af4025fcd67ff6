package dev.holdfast.events.message;

import dev.holdfast.events.TokenMark;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a message demands.
 *
 * @param id {@code jti}, by which its issuer tells it from all others
 * @param kinds what it is, in short words for a log; empty when nothing of it revokes tokens
 * @param marks whose tokens are revoked; empty: none, or none that could be told
 * @param upTo the moment up to which they were issued
 */
public record SecurityEvent(String id, Set<String> kinds, Set<TokenMark> marks, Instant upTo) {

  /** Copies the sets. */
  public SecurityEvent {
    kinds = java.util.Collections.unmodifiableSet(new TreeSet<>(kinds));
    marks = Set.copyOf(marks);
  }

  /** Whether it is of a type that revokes tokens. */
  public boolean isDemand() {
    return !kinds.isEmpty();
  }

  /** The later of two moments, of which one may be missing. */
  static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}
