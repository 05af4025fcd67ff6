package dev.holdfast.introspection.shared;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A store in this JVM that keeps time by a clock of its own, and can fail. */
final class MemoryStore implements EntryStore {
  private static final class Kept {
    private final byte[] value;
    private final long until;

    Kept(byte[] value, long until) {
      this.value = value;
      this.until = until;
    }
  }

  final Map<String, byte[]> last = new ConcurrentHashMap<>();
  final AtomicInteger asked = new AtomicInteger();
  volatile boolean broken;
  volatile Runnable beforeClaim = () -> {};
  private final Clock clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final Map<String, Long> sums = new ConcurrentHashMap<>();

  MemoryStore(Clock clock) {
    this.clock = clock;
  }

  private <T> CompletableFuture<T> answer(Supplier<T> work) {
    asked.incrementAndGet();
    return broken
        ? CompletableFuture.failedFuture(new IllegalStateException("broken"))
        : CompletableFuture.completedFuture(work.get());
  }

  private Kept live(String key) {
    Kept found = kept.get(key);
    return found == null || found.until <= clock.millis() ? null : found;
  }

  @Override
  public CompletableFuture<Found> find(String name) {
    return answer(
        () -> {
          Kept found = live(name);
          return new Found(
              found == null ? null : found.value,
              found == null ? -2 : found.until - clock.millis(),
              live(name + ":asked") != null);
        });
  }

  @Override
  public CompletableFuture<Boolean> claim(String name, Duration life) {
    Runnable first = beforeClaim;
    beforeClaim = () -> {};
    first.run();
    return answer(
        () -> {
          String key = name + ":asked";
          return live(key) == null
              && kept.put(key, new Kept(new byte[0], clock.millis() + life.toMillis())) == null;
        });
  }

  @Override
  public CompletableFuture<?> release(String name) {
    return answer(() -> kept.remove(name + ":asked"));
  }

  @Override
  public CompletableFuture<?> put(String name, byte[] value, Duration life) {
    return answer(
        () -> {
          last.put(name, value);
          return kept.put(name, new Kept(value, clock.millis() + life.toMillis()));
        });
  }

  /** Whether something lies there, and nobody claims it. */
  boolean isReleased() {
    return !last.isEmpty() && kept.keySet().stream().noneMatch(key -> key.endsWith(":asked"));
  }

  /** For a forger: with an end that is up to him. */
  void forge(String name, byte[] value, long life) {
    kept.put(name, new Kept(value, clock.millis() + life));
  }

  @Override
  public CompletableFuture<?> remove(String name) {
    return answer(() -> kept.remove(name));
  }

  @Override
  public CompletableFuture<Long> add(String counter, long amount, Duration life) {
    return answer(() -> sums.merge(counter, amount, Long::sum));
  }
}
