package dev.holdfast.testing;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is reachable after a full collection: the JVM's own histogram.
 *
 * @param bytes of all objects
 * @param instances by the class's binary name
 */
public record Reachable(long bytes, Map<String, Long> instances) {

  /** Collects and counts. */
  public static Reachable now() {
    return of(histogram());
  }

  /** What a {@link #histogram()} says. */
  public static Reachable of(String histogram) {
    Map<String, Long> instances = new HashMap<>();
    long bytes = 0;
    for (String line : histogram.split("\n", -1)) {
      String[] columns = line.trim().split("\\s+", -1);
      if (columns.length >= 4 && columns[0].endsWith(":")) {
        instances.merge(columns[3], Long.parseLong(columns[1]), Long::sum);
        bytes += Long.parseLong(columns[2]);
      }
    }
    if (bytes == 0) {
      throw new IllegalStateException("no histogram of the heap");
    }
    return new Reachable(bytes, instances);
  }

  /** How many there are of that class. */
  public long count(String binaryName) {
    return instances.getOrDefault(binaryName, 0L);
  }

  /** Collects; the JVM's text, a line for each class. */
  public static String histogram() {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException("this JVM shows no histogram of its heap", e);
    }
  }
}
