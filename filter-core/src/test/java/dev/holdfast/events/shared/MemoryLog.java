package dev.holdfast.events.shared;

import dev.holdfast.IssuerUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A log in memory, which can be down, and can lose what it has. */
final class MemoryLog implements SharedLog {
  private static final int PAGE = 7;

  private final List<Entry> entries = new ArrayList<>();
  private long numbers;
  private int generation;
  private boolean isDown;
  private boolean trimFails;

  synchronized void isDown(boolean down) {
    isDown = down;
    if (down) {
      generation++;
    }
    notifyAll();
  }

  synchronized void loses() {
    entries.clear();
    generation++;
    notifyAll();
  }

  synchronized void trimFails(boolean fails) {
    trimFails = fails;
  }

  synchronized List<String> texts() {
    return entries.stream().map(Entry::text).toList();
  }

  @Override
  public synchronized Reading begin() {
    requireUp();
    int begun = generation;
    long[] last = {0};
    return patience -> next(begun, last, patience);
  }

  private void requireUp() {
    if (isDown) {
      throw new IssuerUnavailableException("down", null);
    }
  }

  private synchronized List<Entry> next(int begun, long[] last, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      requireUp();
      if (begun != generation) {
        throw new IssuerUnavailableException("lost", null);
      }
      List<Entry> news =
          entries.stream()
              .filter(entry -> Long.parseLong(entry.id()) > last[0])
              .limit(PAGE)
              .toList();
      long left = (end - System.nanoTime()) / 1_000_000;
      if (!news.isEmpty() || left <= 0) {
        news.forEach(entry -> last[0] = Long.parseLong(entry.id()));
        return news;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public synchronized CompletableFuture<Void> append(List<String> texts) {
    if (isDown) {
      return CompletableFuture.failedFuture(new IssuerUnavailableException("down", null));
    }
    texts.forEach(text -> entries.add(new Entry(String.valueOf(++numbers), numbers, text)));
    notifyAll();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Void> trim(String firstKept) {
    if (trimFails) {
      return CompletableFuture.failedFuture(new IssuerUnavailableException("crash", null));
    }
    entries.removeIf(entry -> Long.parseLong(entry.id()) < Long.parseLong(firstKept));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public @Nullable String unfit(Duration patience) {
    return null;
  }

  @Override
  public synchronized void close() {
    isDown(true);
  }
}
