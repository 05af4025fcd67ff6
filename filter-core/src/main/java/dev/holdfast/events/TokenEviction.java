package dev.holdfast.events;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.events.TokenMark.Kind;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Revokes tokens before they expire: by token, subject, client or session.
 *
 * <p>When a method has returned, what was cached of these tokens is forgotten, and a JWT among them
 * that was issued up to this moment is refused until it expires. A JWT without {@code iat} counts
 * as issued before. A token that was issued later passes; {@code iat} has whole seconds, so that
 * one of the same second may be refused, too. An introspected token is forgotten, and its issuer is
 * asked anew.
 *
 * <p>With a store that nodes share, it is recorded there, and the other nodes do the same as soon
 * as they have read it. If it could not be recorded there, it holds on this node all the same, and
 * {@link IssuerUnavailableException} tells. Without such a store, it holds on this node alone,
 * until it restarts. Thread-safe.
 */
public final class TokenEviction {
  private final RevocationStore store;
  private final CachedTokens cached;
  private final Clock clock;

  /**
   * An eviction of these.
   *
   * @param clock the wall clock
   */
  public TokenEviction(RevocationStore store, CachedTokens cached, Clock clock) {
    this.store = store;
    this.cached = cached;
    this.clock = clock;
  }

  /**
   * Revokes one token.
   *
   * @param token its text, without a scheme
   * @throws IllegalArgumentException when it cannot be a token: it is no token68 (RFC 9110 section
   *     11.2), or has more than 16384 characters
   * @throws IssuerUnavailableException when other nodes could not be told
   */
  public void byToken(String token) {
    PresentedToken presented = PresentedToken.of(PresentedToken.Scheme.BEARER, token);
    String issuer = claimedIssuer(token);
    List<TokenMark> marks = new ArrayList<>();
    marks.add(TokenMark.ofToken(issuer == null ? "" : issuer, presented));
    if (issuer != null) {
      marks.add(TokenMark.ofSignedPart(issuer, token));
    }
    await(revoke(marks, clock.instant()));
  }

  /** The text is the caller's word; of another issuer nobody would vouch for it. */
  private static @Nullable String claimedIssuer(String token) {
    try {
      return CompactJws.read(token).claims().get("iss") instanceof String text ? text : null;
    } catch (UnacceptableJoseException opaque) {
      return null;
    }
  }

  /** Revokes what the issuer has issued for this {@code sub}. */
  public void bySubject(String issuer, String subject) {
    revoke(issuer, Kind.SUBJECT, subject);
  }

  /** Revokes what the issuer has issued to this {@code client_id}. */
  public void byClient(String issuer, String clientId) {
    revoke(issuer, Kind.CLIENT, clientId);
  }

  /** Revokes what the issuer has issued in the session of this {@code sid}. */
  public void bySession(String issuer, String sessionId) {
    revoke(issuer, Kind.SESSION, sessionId);
  }

  private void revoke(String issuer, Kind kind, String value) {
    if (issuer.isBlank() || value.isBlank()) {
      throw new IllegalArgumentException("name the issuer, and what to revoke of it");
    }
    await(revoke(List.of(new TokenMark(issuer, kind, value)), clock.instant()));
  }

  private static void await(CompletableFuture<Void> revoked) {
    try {
      revoked.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof IssuerUnavailableException outage ? outage : failed;
    }
  }

  /**
   * Revokes tokens that have any of these marks. They are remembered first and evicted then: what
   * is verified meanwhile is either seen by the eviction or sees what is remembered. On this node
   * all of it is done when the method has returned.
   *
   * @param upTo the moment up to which they were issued
   * @return completes when other nodes will learn of it, too; exceptionally with {@link
   *     IssuerUnavailableException} when they could not be told
   */
  public CompletableFuture<Void> revoke(Collection<TokenMark> marks, Instant upTo) {
    if (marks.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> shared = store.remember(marks, upTo);
    cached.evictAny(marks.stream().map(DigestedMark::of).toList());
    return shared;
  }
}
