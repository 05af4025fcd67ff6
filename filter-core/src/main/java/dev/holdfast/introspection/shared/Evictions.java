package dev.holdfast.introspection.shared;

import dev.holdfast.AccessToken;
import dev.holdfast.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What this node has been told to forget, so that no entry brings it back: of tokens that a
 * condition holds for, no answer is believed that was asked for before. A condition is kept for as
 * long as such an entry could be believed. Of more conditions than there is room for, the oldest
 * become one line: no answer at all is believed that was asked for before it.
 *
 * <p>Looks take no lock.
 */
final class Evictions {
  /** By how much the clocks of two nodes may differ, in milliseconds. */
  static final long CLOCKS_DIFFER = 10_000;

  private static final int MOST = 1_000;

  private record Eviction(long at, BiPredicate<String, Verification> condition) {}

  private record State(long lineOfAll, List<Eviction> evictions) {}

  private final long longestLife;
  private volatile State state = new State(Long.MIN_VALUE, List.of());

  /** Of entries that nobody here believes for longer than that, in milliseconds. */
  Evictions(long longestLife) {
    this.longestLife = longestLife;
  }

  /** Forgets the token of this name. */
  void addName(String forgotten, long now) {
    add(now, (name, answer) -> name.equals(forgotten));
  }

  /** Forgets good answers about such tokens. */
  void addTokens(Predicate<AccessToken> condition, long now) {
    add(
        now,
        (name, answer) ->
            answer instanceof Verification.Valid valid && condition.test(valid.token()));
  }

  /** Forgets such answers. */
  void addAnswers(Predicate<Verification> condition, long now) {
    add(now, (name, answer) -> condition.test(answer));
  }

  private synchronized void add(long now, BiPredicate<String, Verification> condition) {
    State before = state;
    List<Eviction> next = new ArrayList<>(before.evictions());
    next.removeIf(old -> old.at() < now - longestLife - 2 * CLOCKS_DIFFER);
    next.add(new Eviction(now, condition));
    long line = before.lineOfAll();
    while (next.size() > MOST) {
      line = Math.max(line, next.remove(0).at());
    }
    state = new State(line, List.copyOf(next));
  }

  /**
   * Whether an answer must not be given although it can be read.
   *
   * @param askedAt when the issuer was asked for it, in milliseconds, give or take how much clocks
   *     differ
   */
  boolean cover(String name, Verification answer, long askedAt) {
    State now = state;
    long earliest = askedAt - CLOCKS_DIFFER;
    if (earliest <= now.lineOfAll()) {
      return true;
    }
    for (Eviction eviction : now.evictions()) {
      if (earliest <= eviction.at() && eviction.condition().test(name, answer)) {
        return true;
      }
    }
    return false;
  }
}
