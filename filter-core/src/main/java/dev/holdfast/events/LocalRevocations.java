package dev.holdfast.events;

import dev.holdfast.events.TokenMark.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
  private final Map<DigestedMark, Long> marks = new ConcurrentHashMap<>();
  private final Map<String, Long> lines = new ConcurrentHashMap<>();
  private volatile long lineOfAll = NOTHING;
  private volatile boolean isUsed;

  /** The kinds of which there ever was a mark: of no other kind a digest is computed. */
  private volatile Set<Kind> kinds = EnumSet.noneOf(Kind.class);

  /** A store of {@link #MAX_MARKS}. */
  public LocalRevocations() {
    this(MAX_MARKS);
  }

  /** A store of so many marks. */
  public LocalRevocations(int maxMarks) {
    this.maxMarks = maxMarks;
  }

  @Override
  public CompletableFuture<Void> remember(Collection<TokenMark> revoked, Instant upTo) {
    for (TokenMark mark : revoked) {
      boolean unused = add(DigestedMark.of(mark), upTo.toEpochMilli());
    }
    return DONE.copy();
  }

  /**
   * Remembers a mark. Of the text of a token whose issuer is not known nothing is remembered:
   * nobody vouches for it here.
   *
   * @param upTo milliseconds since 1970
   * @return whether that was not known; also for what is not remembered
   */
  public synchronized boolean add(DigestedMark mark, long upTo) {
    if (mark.issuer().isEmpty()) {
      return true;
    }
    isUsed = true;
    if (!kinds.contains(mark.kind())) {
      Set<Kind> more = EnumSet.of(mark.kind());
      more.addAll(kinds);
      kinds = more;
    }
    Long before = marks.get(mark);
    if (before != null && before >= upTo) {
      return false;
    }
    marks.put(mark, upTo);
    if (marks.size() > maxMarks) {
      makeRoom();
    }
    return true;
  }

  /**
   * Remembers that everything is revoked that this issuer has issued up to that moment.
   *
   * @param issuer empty: every issuer
   * @return whether that was not known
   */
  public synchronized boolean addLine(String issuer, long upTo) {
    isUsed = true;
    if (upTo <= line(issuer)) {
      return false;
    }
    if (issuer.isEmpty()) {
      lineOfAll = upTo;
    } else {
      draw(issuer, upTo);
    }
    return true;
  }

  /** The moments up to which these marks are revoked, as they are now. */
  public Map<DigestedMark, Long> marks() {
    return Map.copyOf(marks);
  }

  /** The moments up to which everything of an issuer is revoked; empty: of every issuer. */
  public synchronized Map<String, Long> lines() {
    Map<String, Long> all = new HashMap<>(lines);
    if (lineOfAll != NOTHING) {
      all.put("", lineOfAll);
    }
    return all;
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
    Set<Kind> known = kinds;
    for (TokenMark mark : ofToken) {
      if (!known.contains(mark.kind())) {
        continue;
      }
      Long upTo = marks.get(DigestedMark.of(mark));
      if (upTo != null && (issued <= upTo || mark.kind().isOfOneToken())) {
        return YES.copy();
      }
    }
    long line = line(issuer); // after the marks
    return line != NOTHING && issued <= line ? YES.copy() : NO.copy();
  }

  private long line(String issuer) {
    return Math.max(lineOfAll, lines.getOrDefault(issuer, NOTHING));
  }

  @Override
  public boolean mayHave(Kind kind) {
    return kinds.contains(kind);
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
