package dev.holdfast.events.shared;

import dev.holdfast.events.DigestedMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps the shared log within bounds: a line for each issuer takes the place of the oldest entries.
 * The lines are appended before these go, so that a node that reads in between, or a crash, finds
 * more and never less. Nodes that do it at the same time draw the same lines.
 */
final class LogTrim {
  private final SharedLog log;
  private final int most;
  private final long threshold;

  LogTrim(SharedLog log, int most) {
    this.log = log;
    this.most = most;
    // of many nodes, a few begin
    this.threshold = most + ThreadLocalRandom.current().nextLong(most / 50 + 1L);
  }

  boolean isDue(long size) {
    return size > threshold;
  }

  /** Trims the log unless another node has. How many entries are left. */
  long run() {
    List<SharedLog.Entry> all = new ArrayList<>();
    SharedLog.Reading reading = log.begin();
    for (List<SharedLog.Entry> some = reading.next(Duration.ZERO);
        !some.isEmpty();
        some = reading.next(Duration.ZERO)) {
      all.addAll(some);
    }
    if (all.size() <= most) {
      return all.size();
    }
    int cut = all.size() - most + most / 10;
    List<String> lines = lines(all.subList(0, cut), all.subList(cut, all.size()));
    for (int i = 0; i < lines.size(); i += 500) {
      log.append(lines.subList(i, Math.min(lines.size(), i + 500))).join();
    }
    log.trim(all.get(cut).id()).join();
    return (long) all.size() - cut + lines.size();
  }

  /** For each issuer, up to the latest moment that only the dropped entries tell. */
  static List<String> lines(List<SharedLog.Entry> dropped, List<SharedLog.Entry> kept) {
    Map<DigestedMark, Long> told = new HashMap<>();
    Map<String, Long> drawn = new HashMap<>();
    for (SharedLog.Entry entry : kept) {
      LogRecord record = LogRecord.read(entry);
      if (record.mark() == null) {
        drawn.merge(record.issuer(), record.upTo(), Math::max);
      } else {
        told.merge(record.mark(), record.upTo(), Math::max);
      }
    }
    Map<String, Long> lines = new HashMap<>();
    for (SharedLog.Entry entry : dropped) {
      LogRecord record = LogRecord.read(entry);
      DigestedMark mark = record.mark();
      boolean isTold =
          mark == null
              ? drawn.getOrDefault(record.issuer(), Long.MIN_VALUE) >= record.upTo()
              : mark.issuer().isEmpty() // nothing to remember of it
                  || told.getOrDefault(mark, Long.MIN_VALUE) >= record.upTo();
      if (!isTold) {
        lines.merge(record.issuer(), record.upTo(), Math::max);
      }
    }
    return lines.entrySet().stream()
        .map(line -> LogRecord.line(line.getKey(), line.getValue()).text())
        .toList();
  }
}
