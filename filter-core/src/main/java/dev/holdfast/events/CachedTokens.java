package dev.holdfast.events;

import dev.holdfast.AccessToken;
import java.util.function.Predicate;

/** What is remembered of tokens that were verified, and can be forgotten. */
public interface CachedTokens {

  /**
   * Forgets the tokens of which this holds. When it has returned, no answer that was asked for
   * before is given to a later caller.
   */
  void evictWhere(Predicate<AccessToken> condition);

  /** Forgets the token of this text, with the same promise. */
  void evict(String token);

  /** Where nothing is remembered. */
  static CachedTokens none() {
    return new CachedTokens() {
      @Override
      public void evictWhere(Predicate<AccessToken> condition) {}

      @Override
      public void evict(String token) {}
    };
  }
}
