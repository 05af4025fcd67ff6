package dev.holdfast.tls;

import dev.holdfast.testing.Reachable;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * What is reachable after a full collection, by class, and how it grows: a leak is a class whose
 * instances, or a heap whose bytes, go up with the number of connections.
 */
final class HeapWatch {
  private static final Set<String> TEXTS = Set.of("[B", "java.lang.String");

  private final Path folder;
  private final List<Long> connections = new ArrayList<>();

  /**
   * What was reachable.
   *
   * @param connections so far
   * @param bytes of all objects
   * @param instances by the class's name
   */
  record Point(long connections, long bytes, Map<String, Long> instances) {}

  /**
   * @param folder where what is noted is kept, since it would count as growth in memory
   */
  HeapWatch(Path folder) {
    this.folder = folder;
    Reachable.histogram();
  }

  /** Collects and counts. */
  static Point now() {
    return parse(0, Reachable.histogram());
  }

  private static Point parse(long connections, String histogram) {
    Reachable reachable = Reachable.of(histogram);
    return new Point(connections, reachable.bytes(), reachable.instances());
  }

  /** Bytes outside the heap, in buffers. */
  static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  /** Waits for what other threads do, by looking. */
  static boolean await(BooleanSupplier condition, long seconds) throws InterruptedException {
    long until = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }

  /** Collects, counts and keeps the result. */
  void note(long after) throws IOException {
    Files.writeString(file(connections.size()), Reachable.histogram());
    connections.add(after);
  }

  private Path file(int number) {
    return folder.resolve("heap-" + number);
  }

  List<Point> points() throws IOException {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < connections.size(); i++) {
      points.add(parse(connections.get(i), Files.readString(file(i))));
    }
    return points;
  }

  /** Bytes for each connection, the straight line through all points. */
  double slope() throws IOException {
    return slope(points(), Point::bytes);
  }

  private static double slope(List<Point> points, ToLongFunction<Point> value) {
    double x = points.stream().mapToLong(Point::connections).average().orElseThrow();
    double y = points.stream().mapToLong(value).average().orElseThrow();
    double above = 0;
    double below = 0;
    for (Point point : points) {
      above += (point.connections() - x) * (value.applyAsLong(point) - y);
      below += (point.connections() - x) * (point.connections() - x);
    }
    return above / below;
  }

  /**
   * The classes of which there is one more for each so many connections, by the same line. Texts
   * and their bytes come and go with the JVM's own work, so that only what holds them is looked at.
   */
  List<String> growing(int connectionsPerInstance) throws IOException {
    List<Point> points = points();
    return points.get(points.size() - 1).instances().keySet().stream()
        .filter(name -> !TEXTS.contains(name))
        .filter(name -> slope(points, at -> count(at, name)) * connectionsPerInstance >= 1)
        .toList();
  }

  private static long count(Point point, String name) {
    return point.instances().getOrDefault(name, 0L);
  }
}
