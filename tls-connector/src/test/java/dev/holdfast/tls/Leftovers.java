package dev.holdfast.tls;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What connections leave behind that can still be reached. */
final class Leftovers {
  private static final String ENGINE = "dev.holdfast.tls.engine.";

  /** Engines, their sessions, handshakes and secrets. What can be resumed is kept on purpose. */
  private static final java.util.List<String> OF_A_CONNECTION =
      java.util.List.of(
          ENGINE + "HoldfastSslEngine",
          ENGINE + "ConnectionSession",
          ENGINE + "ServerPeer",
          ENGINE + "ServerProtocol",
          "dev.holdfast.ExportedKeyingMaterial",
          "org.bouncycastle.tls.SecurityParameters");

  private Leftovers() {}

  /** By class, none that is not there. */
  static Map<String, Long> now() {
    Map<String, Long> all = HeapWatch.now().instances();
    return OF_A_CONNECTION.stream()
        .filter(all::containsKey)
        .collect(Collectors.toMap(name -> name, all::get, Long::sum, TreeMap::new));
  }

  static long engines() {
    return now().getOrDefault(ENGINE + "HoldfastSslEngine", 0L);
  }

  /** Until there are none, or for half a minute; what there is then. */
  static Map<String, Long> whenAllIsDone() throws InterruptedException {
    HeapWatch.await(() -> now().isEmpty(), 15);
    return now();
  }
}
