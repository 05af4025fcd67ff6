package dev.holdfast.events;

import dev.holdfast.AccessToken;
import dev.holdfast.Sha256Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** What is remembered of tokens that were verified, and can be forgotten. */
public interface CachedTokens {

  /**
   * Forgets the tokens of which this holds. When it has returned, no answer that was asked for
   * before is given to a later caller.
   */
  void evictWhere(Predicate<AccessToken> condition);

  /** Forgets the token whose text has this digest, with the same promise. */
  void evict(Sha256Digest token);

  /** Forgets the tokens that have any of these marks, with the same promise. */
  default void evictAny(Collection<DigestedMark> marks) {
    List<DigestedMark> ofClaims = new ArrayList<>(marks.size());
    for (DigestedMark mark : marks) {
      if (mark.kind() == TokenMark.Kind.TOKEN) {
        evict(mark.digest());
      } else if (mark.kind() == TokenMark.Kind.SIGNED_PART) {
        // claims do not show it: all tokens of the issuer are verified anew
        evictWhere(token -> token.issuer().equals(mark.issuer()));
      } else {
        ofClaims.add(mark);
      }
    }
    if (!ofClaims.isEmpty()) {
      evictWhere(DigestedMark.onAnyOf(ofClaims));
    }
  }

  /** Where nothing is remembered. */
  static CachedTokens none() {
    return new CachedTokens() {
      @Override
      public void evictWhere(Predicate<AccessToken> condition) {}

      @Override
      public void evict(Sha256Digest token) {}
    };
  }
}
