package dev.holdfast.benchmarks.tls;

import dev.holdfast.testing.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Both sides' servers, which have their turns: one round each, over and over, so that what else
 * happens on the machine happens to both.
 */
final class Rounds implements AutoCloseable {
  private static final List<Side> FORWARDS = List.of(Side.HOLDFAST, Side.JSSE);
  private static final List<Side> BACKWARDS = List.of(Side.JSSE, Side.HOLDFAST);

  private final TlsEffort effort;
  private final Map<Side, ServerProcess> servers = new EnumMap<>(Side.class);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * What came of it, the median of the rounds.
   *
   * @param cpu seconds of the server's CPU for one operation
   * @param rate operations in a second, of all clients together
   * @param p99 seconds, of all rounds together
   */
  record Outcome(double cpu, double rate, double p99) {}

  /** What one round was like; the times in nanoseconds. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Round(double cpu, double seconds, long[] times) {
    double cpuOfOne() {
      return cpu / times.length;
    }

    double rate() {
      return times.length / seconds;
    }
  }

  Rounds(TlsEffort effort, Map<ServerKey, Identity> keys) {
    this.effort = effort;
    for (Side side : Side.values()) {
      servers.put(side, ServerProcess.start(side, keys));
    }
  }

  /** Lets the servers get warm. */
  void begin() {
    run(Workload.FULL_13, effort.firstRounds(), 0);
  }

  Map<Side, Outcome> of(Workload workload) {
    Map<Side, Outcome> outcomes = new EnumMap<>(Side.class);
    run(workload, effort.warmUps(), effort.rounds())
        .forEach((side, some) -> outcomes.put(side, outcome(some)));
    return outcomes;
  }

  private Map<Side, List<Round>> run(Workload workload, int warmUps, int counted) {
    Map<Side, List<Client>> clients = new EnumMap<>(Side.class);
    Map<Side, List<Round>> rounds = new EnumMap<>(Side.class);
    servers.forEach(
        (side, server) -> {
          List<Client> some = new ArrayList<>();
          for (int i = 0; i < TlsEffort.CLIENTS; i++) {
            some.add(new Client(workload.suite(), server.port(workload.key())));
          }
          clients.put(side, some);
          rounds.put(side, new ArrayList<>());
        });
    for (int i = -warmUps; i < counted; i++) {
      for (Side side : i % 2 == 0 ? FORWARDS : BACKWARDS) {
        Round round = round(workload, side, Objects.requireNonNull(clients.get(side)));
        if (i >= 0) {
          Objects.requireNonNull(rounds.get(side)).add(round);
        }
      }
    }
    clients.values().forEach(some -> some.forEach(Rounds::close));
    return rounds;
  }

  private Round round(Workload workload, Side side, List<Client> clients) {
    ServerProcess server = Objects.requireNonNull(servers.get(side));
    double cpu = server.cpuSeconds();
    long begin = System.nanoTime();
    long end = begin + effort.roundMillis() * 1_000_000L;
    List<Callable<long[]>> work = new ArrayList<>();
    clients.forEach(client -> work.add(() -> until(end, workload.kind(), client)));
    long[] times = new long[0];
    try {
      for (Future<long[]> done : threads.invokeAll(work)) {
        long[] more = done.get();
        int before = times.length;
        times = Arrays.copyOf(times, before + more.length);
        System.arraycopy(more, 0, times, before, more.length);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(workload + " failed with " + side, e.getCause());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Round(server.cpuSeconds() - cpu, seconds, times);
  }

  private static long[] until(long end, Workload.Kind kind, Client client) throws IOException {
    long[] times = new long[1024];
    int count = 0;
    do {
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = kind.run(client);
    } while (System.nanoTime() < end);
    return Arrays.copyOf(times, count);
  }

  private static Outcome outcome(List<Round> rounds) {
    long[] times =
        rounds.stream().flatMapToLong(each -> Arrays.stream(each.times())).sorted().toArray();
    return new Outcome(
        median(rounds.stream().mapToDouble(Round::cpuOfOne).toArray()),
        median(rounds.stream().mapToDouble(Round::rate).toArray()),
        times[times.length * 99 / 100] / 1e9);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static void close(Client client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    servers.values().forEach(ServerProcess::close);
  }
}
