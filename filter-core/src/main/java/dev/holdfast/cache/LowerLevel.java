package dev.holdfast.cache;

import dev.holdfast.AccessToken;
import dev.holdfast.Sha256Digest;
import java.util.function.Predicate;

/**
 * Answers that a delegate remembers by itself, beyond this process for example. Each method returns
 * when no answer that was asked for before will be taken from there any more.
 */
public interface LowerLevel {
  /** A delegate that remembers nothing. */
  LowerLevel NONE =
      new LowerLevel() {
        @Override
        public void evict(Sha256Digest tokenDigest) {}

        @Override
        public void evictIssuer(String issuer) {}

        @Override
        public void evictWhere(Predicate<AccessToken> condition) {}

        @Override
        public void evictAll() {}
      };

  /** Forgets what is known of the token whose text has this digest. */
  void evict(Sha256Digest tokenDigest);

  /** Forgets what this issuer vouched for, and every refusal. */
  void evictIssuer(String issuer);

  /** Forgets the good answers about tokens of which this holds. */
  void evictWhere(Predicate<AccessToken> condition);

  /** Forgets everything. */
  void evictAll();
}
