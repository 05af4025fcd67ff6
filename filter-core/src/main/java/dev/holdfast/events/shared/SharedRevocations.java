package dev.holdfast.events.shared;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.events.CachedTokens;
import dev.holdfast.events.DigestedMark;
import dev.holdfast.events.LocalRevocations;
import dev.holdfast.events.RevocationStore;
import dev.holdfast.events.TokenMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is revoked on any node that shares the log. Each node has all of it in its memory, so that
 * no request waits for the log: a thread reads what other nodes append.
 *
 * <p>Until the log was read to its end once, nobody knows what is revoked, and {@link #revokes}
 * fails. From then on this node goes by what it knows, also while the log cannot be read.
 */
public final class SharedRevocations implements RevocationStore, AutoCloseable {
  private final LocalRevocations local;
  private final SharedLog log;
  private final LogFollower follower;

  /** A store over this log, which is closed with it; {@link #start} begins to read. */
  public SharedRevocations(SharedLog log) {
    this(log, new LocalRevocations(), LocalRevocations.MAX_MARKS);
  }

  SharedRevocations(SharedLog log, LocalRevocations local, int mostRecords) {
    this.local = local;
    this.log = log;
    this.follower = new LogFollower(log, local, mostRecords);
  }

  /**
   * Begins to read the log, on a thread of its own, and to evict what it revokes. Once.
   *
   * @param patience for how long to wait until it was read to its end, or could not be
   * @return what makes the log unfit until somebody changes it; null when nothing is known to
   */
  public @Nullable String start(CachedTokens cached, Duration patience) {
    follower.start(cached);
    String unfit = log.unfit(patience);
    if (unfit == null) {
      follower.awaitFirstTry(patience);
      unfit = log.unfit(Duration.ZERO);
    }
    return unfit;
  }

  /** Whether the log was read to its end once, so that this node knows what is revoked. */
  public boolean isKnown() {
    return follower.isWhole();
  }

  /** Whether the log is read at this moment, so that this node learns what others revoke. */
  public boolean isFollowing() {
    return follower.isFollowing();
  }

  @Override
  public CompletableFuture<Void> remember(Collection<TokenMark> marks, Instant upTo) {
    long millis = upTo.toEpochMilli();
    CompletableFuture<Void> unused = local.remember(marks, upTo);
    List<String> texts =
        marks.stream().map(mark -> LogRecord.of(DigestedMark.of(mark), millis).text()).toList();
    return follower.append(texts);
  }

  @Override
  public CompletableFuture<Boolean> revokes(
      String issuer, Collection<TokenMark> marks, @Nullable Instant issuedAt) {
    return follower.isWhole()
        ? local.revokes(issuer, marks, issuedAt)
        : CompletableFuture.failedFuture(
            new IssuerUnavailableException(
                "what other nodes have revoked was not read from Redis yet", null));
  }

  @Override
  public boolean mayHave(TokenMark.Kind kind) {
    return !follower.isWhole() || local.mayHave(kind);
  }

  @Override
  public boolean isEmpty() {
    return follower.isWhole() && local.isEmpty();
  }

  @Override
  public void close() {
    follower.close();
  }

  @Override
  public String toString() {
    return "SharedRevocations[" + local + "]";
  }
}
