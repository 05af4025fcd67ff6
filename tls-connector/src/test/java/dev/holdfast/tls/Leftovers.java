package dev.holdfast.tls;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.tls.engine.handshake.ServerPeer;
import dev.holdfast.tls.engine.record.ServerProtocol;
import dev.holdfast.tls.engine.session.ConnectionSession;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bouncycastle.tls.SecurityParameters;

/** What connections leave behind that can still be reached, since this was made. */
final class Leftovers {
  /** Engines, their sessions, handshakes and secrets. What can be resumed is kept on purpose. */
  private static final List<String> OF_A_CONNECTION =
      List.of(
          "dev.holdfast.tls.engine.HoldfastSslEngine",
          ConnectionSession.class.getName(),
          ServerPeer.class.getName(),
          ServerProtocol.class.getName(),
          ExportedKeyingMaterial.class.getName(),
          SecurityParameters.class.getName());

  /** A thread of a pool may hold what it has done last, until it does something else. */
  private static final long HELD_BY_THREADS = 4;

  private final Map<String, Long> before = now();

  private static Map<String, Long> now() {
    Map<String, Long> all = HeapWatch.now().instances();
    return OF_A_CONNECTION.stream()
        .filter(all::containsKey)
        .collect(Collectors.toMap(name -> name, all::get, Long::sum, TreeMap::new));
  }

  /** Engines that have come since this was made. */
  long engines() {
    String engine = OF_A_CONNECTION.get(0);
    return now().getOrDefault(engine, 0L) - before.getOrDefault(engine, 0L);
  }

  /** Waits until nothing more is there than before; what there is then, if it is more. */
  Map<String, Long> whenAllIsDone() throws InterruptedException {
    HeapWatch.await(() -> more().isEmpty(), 20);
    return more();
  }

  private Map<String, Long> more() {
    Map<String, Long> more = now();
    more.replaceAll((name, count) -> count - before.getOrDefault(name, 0L));
    more.values().removeIf(count -> count <= HELD_BY_THREADS);
    return more;
  }
}
