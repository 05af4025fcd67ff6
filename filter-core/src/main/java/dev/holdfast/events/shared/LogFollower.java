package dev.holdfast.events.shared;

import dev.holdfast.events.CachedTokens;
import dev.holdfast.events.DigestedMark;
import dev.holdfast.events.LocalRevocations;
import dev.holdfast.internal.waiting.OwnThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Reads the shared log, from its beginning and then on, and begins anew whenever it may have missed
 * something. What this node knows and the log lacks, it appends again: a log that was lost is
 * written anew by those who remember.
 */
final class LogFollower implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final long PAUSE_MILLIS = 500;
  private static final int MOST_AT_ONCE = 500;
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final SharedLog log;
  private final LocalRevocations local;
  private final LogTrim trim;
  private final FollowerLog lines = new FollowerLog();
  private final CountDownLatch firstTry = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean started;
  private volatile boolean isWhole;
  private volatile boolean following;

  LogFollower(SharedLog log, LocalRevocations local, int mostRecords) {
    this.log = log;
    this.local = local;
    this.trim = new LogTrim(log, mostRecords);
  }

  void start(CachedTokens cached) {
    started = true;
    OwnThread.EXECUTOR.execute(() -> run(cached));
  }

  /** Whether the log was read to its end once. */
  boolean isWhole() {
    return isWhole;
  }

  boolean isFollowing() {
    return following;
  }

  /** Until it was, or the first try has failed. */
  void awaitFirstTry(Duration patience) {
    awaitUninterrupted(firstTry, patience);
  }

  private void run(CachedTokens cached) {
    try {
      while (!isClosed()) {
        try {
          follow(log.begin(), cached);
        } catch (RuntimeException failure) {
          following = false;
          firstTry.countDown();
          if (!isClosed()) {
            lines.fails(failure, isWhole);
            awaitUninterrupted(closing, Duration.ofMillis(PAUSE_MILLIS));
          }
        }
      }
    } finally {
      ended.countDown();
    }
  }

  private void follow(SharedLog.Reading reading, CachedTokens cached) {
    Map<DigestedMark, Long> marks = new HashMap<>();
    Map<String, Long> drawn = new HashMap<>();
    long size = toTheEnd(reading, Duration.ZERO, cached, marks, drawn);
    isWhole = true;
    firstTry.countDown();
    following = true;
    lines.works();
    if (!missing(marks, drawn).isEmpty()) {
      // others may be about to append the same
      Duration jitter = Duration.ofMillis(ThreadLocalRandom.current().nextLong(PAUSE_MILLIS));
      size += toTheEnd(reading, jitter, cached, marks, drawn);
      append(missing(marks, drawn)).join();
    }
    marks.clear();
    drawn.clear();
    while (!isClosed()) {
      List<LogRecord> records = read(reading.next(PATIENCE));
      learn(records, cached);
      size += records.size();
      if (trim.isDue(size)) {
        size = trim.run();
      }
    }
  }

  /** How many there were. */
  private long toTheEnd(
      SharedLog.Reading reading,
      Duration patience,
      CachedTokens cached,
      Map<DigestedMark, Long> marks,
      Map<String, Long> drawn) {
    long size = 0;
    List<LogRecord> records = read(reading.next(patience));
    while (!records.isEmpty()) {
      learn(records, cached);
      for (LogRecord record : records) {
        if (record.mark() == null) {
          drawn.merge(record.issuer(), record.upTo(), Math::max);
        } else {
          marks.merge(record.mark(), record.upTo(), Math::max);
        }
      }
      size += records.size();
      records = read(reading.next(Duration.ZERO));
    }
    return size;
  }

  private static List<LogRecord> read(List<SharedLog.Entry> entries) {
    return entries.stream().map(LogRecord::read).toList();
  }

  /** As every eviction: remembered first and evicted then. */
  private void learn(List<LogRecord> records, CachedTokens cached) {
    List<DigestedMark> news = new ArrayList<>();
    List<String> issuers = new ArrayList<>();
    for (LogRecord record : records) {
      DigestedMark mark = record.mark();
      if (mark == null) {
        if (local.addLine(record.issuer(), record.upTo())) {
          issuers.add(record.issuer());
        }
      } else if (local.add(mark, record.upTo())) {
        news.add(mark);
      }
    }
    cached.evictAny(news);
    if (!issuers.isEmpty()) {
      cached.evictWhere(token -> issuers.contains("") || issuers.contains(token.issuer()));
    }
  }

  /** What this node knows of and the log does not say. */
  private List<String> missing(Map<DigestedMark, Long> marks, Map<String, Long> drawn) {
    List<String> missing = new ArrayList<>();
    local
        .lines()
        .forEach(
            (issuer, upTo) -> {
              if (line(drawn, issuer) < upTo) {
                missing.add(LogRecord.line(issuer, upTo).text());
              }
            });
    local
        .marks()
        .forEach(
            (mark, upTo) -> {
              if (Math.max(line(drawn, mark.issuer()), marks.getOrDefault(mark, Long.MIN_VALUE))
                  < upTo) {
                missing.add(LogRecord.of(mark, upTo).text());
              }
            });
    return missing;
  }

  private static long line(Map<String, Long> drawn, String issuer) {
    return Math.max(
        drawn.getOrDefault(issuer, Long.MIN_VALUE), drawn.getOrDefault("", Long.MIN_VALUE));
  }

  /** Appends them all, some at a time. */
  CompletableFuture<Void> append(List<String> texts) {
    if (texts.size() <= MOST_AT_ONCE) {
      return log.append(texts);
    }
    return log.append(texts.subList(0, MOST_AT_ONCE))
        .thenCompose(done -> append(texts.subList(MOST_AT_ONCE, texts.size())));
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  private static void awaitUninterrupted(CountDownLatch latch, Duration patience) {
    try {
      boolean unused = latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the log and the thread. */
  @Override
  public void close() {
    closing.countDown();
    log.close();
    if (started) {
      awaitUninterrupted(ended, FAREWELL);
    }
  }
}
