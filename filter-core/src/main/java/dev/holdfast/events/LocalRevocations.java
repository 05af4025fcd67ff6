package dev.holdfast.events;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is revoked, in the memory of this node: a restart forgets it, and other nodes do not know.
 *
 * <p>A mark stays until its place is needed, since nobody knows when the last token that has it
 * expires. When the store is full, the marks with the earliest moments make room, a tenth of them
 * at a time: one line for each issuer takes their place, by which everything is revoked that was
 * issued up to the latest moment among them. Where events are few, that moment lies so far back
 * that no token from then is left.
 *
 * <p>Looks take no lock.
 */
public final class LocalRevocations implements RevocationStore {
  /** How many marks are remembered: some 25 MB of heap, at most twice that for long names. */
  public static final int MAX_MARKS = 100_000;

  /** How many issuers have a line of their own; of more than that, all share one. */
  private static final int MAX_LINES = 1_000;

  private static final long NOTHING = Long.MIN_VALUE;

  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
  private static final CompletableFuture<Boolean> YES = CompletableFuture.completedFuture(true);
  private static final CompletableFuture<Boolean> NO = CompletableFuture.completedFuture(false);

  private final int maxMarks;
  private final Map<TokenMark, Long> marks = new ConcurrentHashMap<>();
  private final Map<String, Long> lines = new ConcurrentHashMap<>();
  private volatile long lineOfAll = NOTHING;
  private volatile boolean isUsed;

  /** A store of {@link #MAX_MARKS}. */
  public LocalRevocations() {
    this(MAX_MARKS);
  }

  LocalRevocations(int maxMarks) {
    this.maxMarks = maxMarks;
  }

  @Override
  public synchronized CompletableFuture<Void> remember(
      Collection<TokenMark> revoked, Instant upTo) {
    isUsed |= !revoked.isEmpty();
    long millis = upTo.toEpochMilli();
    for (TokenMark mark : revoked) {
      marks.merge(mark, millis, Math::max);
      if (marks.size() > maxMarks) {
        makeRoom();
      }
    }
    return DONE.copy();
  }

  /** A line is drawn before the marks go whose place it takes: whoever misses them, sees it. */
  private void makeRoom() {
    long[] moments = marks.values().stream().mapToLong(Long::longValue).sorted().toArray();
    long latest = moments[moments.length / 10];
    marks.forEach(
        (mark, moment) -> {
          if (moment <= latest) {
            draw(mark.issuer(), moment);
          }
        });
    marks.values().removeIf(moment -> moment <= latest);
  }

  private void draw(String issuer, long moment) {
    if (lines.size() < MAX_LINES || lines.containsKey(issuer)) {
      lines.merge(issuer, moment, Math::max);
    } else {
      lineOfAll = Math.max(lineOfAll, moment);
    }
  }

  @Override
  public CompletableFuture<Boolean> revokes(
      String issuer, Collection<TokenMark> ofToken, @Nullable Instant issuedAt) {
    long issued = issuedAt == null ? NOTHING : issuedAt.toEpochMilli();
    for (TokenMark mark : ofToken) {
      Long upTo = marks.get(mark);
      if (upTo != null && (issued <= upTo || mark.kind().isOfOneToken())) {
        return YES.copy();
      }
    }
    long line = Math.max(lineOfAll, lines.getOrDefault(issuer, NOTHING)); // after the marks
    return line != NOTHING && issued <= line ? YES.copy() : NO.copy();
  }

  @Override
  public boolean isEmpty() {
    return !isUsed;
  }

  /** How many marks are remembered. */
  public int size() {
    return marks.size();
  }

  @Override
  public String toString() {
    return "LocalRevocations["
        + marks.size()
        + " marks, lines "
        + Arrays.toString(linesNow())
        + ']';
  }

  private Object[] linesNow() {
    return lines.entrySet().toArray();
  }
}
