package dev.holdfast.tls.engine.session;

import dev.holdfast.tls.engine.crypto.ServerVersion;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;

/** Counts what became of all handshakes in this JVM, and logs each. The figures only grow. */
public final class HandshakeFigures {
  /** In place of an alert: the connection ended before the handshake had. */
  public static final String CUT = "connection_cut";

  private static final Logger LOGGER = System.getLogger("dev.holdfast.tls");
  private static final String UNKNOWN = "UNKNOWN"; // Bouncy Castle's name for all others
  private static final String OTHER = "other";
  private static final int ALERTS = 256;
  private static final int REASON_CHARACTERS = 300;

  private static final Completed TLS12 = new Completed();
  private static final Completed TLS13 = new Completed();
  private static final LongAdder RESUMED = new LongAdder();
  private static final LongAdder CUT_OFF = new LongAdder();
  private static final LongAdder[] SENT = counters();
  private static final LongAdder[] RECEIVED = counters();

  private HandshakeFigures() {}

  private record Completed(LongAdder all, LongAdder tokenBinding) {
    Completed() {
      this(new LongAdder(), new LongAdder());
    }
  }

  private static LongAdder[] counters() {
    return Stream.generate(LongAdder::new).limit(ALERTS).toArray(LongAdder[]::new);
  }

  /** Handshakes that succeeded, by their version. */
  public static Map<String, Long> completed() {
    return Map.of(ServerVersion.TLS12, TLS12.all.sum(), ServerVersion.TLS13, TLS13.all.sum());
  }

  /** Those among them that negotiated Token Binding. */
  public static Map<String, Long> tokenBinding() {
    return Map.of(
        ServerVersion.TLS12,
        TLS12.tokenBinding.sum(),
        ServerVersion.TLS13,
        TLS13.tokenBinding.sum());
  }

  /** Those among them that resumed a session. */
  public static long resumed() {
    return RESUMED.sum();
  }

  /** Handshakes that this server ended, by the alert that it sent; one that never was is absent. */
  public static Map<String, Long> refused() {
    Map<String, Long> refused = byName(SENT);
    if (CUT_OFF.sum() > 0) {
      refused.put(CUT, CUT_OFF.sum());
    }
    return refused;
  }

  /** Handshakes that the client ended, by the alert that it sent. */
  public static Map<String, Long> abandoned() {
    return byName(RECEIVED);
  }

  /** All names that handshakes may ever be refused or abandoned by. */
  public static SortedSet<String> causes() {
    SortedSet<String> names = new TreeSet<>();
    IntStream.range(0, ALERTS).forEach(alert -> names.add(name((short) alert)));
    names.add(CUT);
    return names;
  }

  private static Map<String, Long> byName(LongAdder[] counters) {
    Map<String, Long> sums = new TreeMap<>();
    for (int alert = 0; alert < ALERTS; alert++) {
      long sum = counters[alert].sum();
      if (sum > 0) {
        sums.merge(name((short) alert), sum, Long::sum);
      }
    }
    return sums;
  }

  private static String name(short alert) {
    String name = AlertDescription.getName(alert);
    return name.equals(UNKNOWN) ? OTHER : name;
  }

  public static void completed(ConnectionSession session, boolean resumed) {
    Completed version = session.getProtocol().equals(ServerVersion.TLS13) ? TLS13 : TLS12;
    boolean tokenBinding = session.negotiated() != null;
    version.all.increment();
    if (tokenBinding) {
      version.tokenBinding.increment();
    }
    if (resumed) {
      RESUMED.increment();
    }
    LOGGER.log(
        Level.TRACE,
        () ->
            "handshake completed: %s, %s, resumed: %s, Token Binding: %s"
                .formatted(session.getProtocol(), session.getCipherSuite(), resumed, tokenBinding));
  }

  /** This server ended a handshake with an alert. */
  public static void refused(short alert, @Nullable Throwable cause) {
    SENT[alert & 0xff].increment();
    LOGGER.log(
        Level.DEBUG,
        () -> "handshake failed, alert sent: %s; %s".formatted(name(alert), reason(cause)));
  }

  /** The client ended a handshake with an alert. */
  public static void abandoned(short alert) {
    RECEIVED[alert & 0xff].increment();
    LOGGER.log(Level.DEBUG, () -> "handshake failed, alert received: " + name(alert));
  }

  /** The transport ended before the handshake. */
  public static void cut() {
    CUT_OFF.increment();
    LOGGER.log(Level.DEBUG, "handshake failed, the connection was cut");
  }

  /** One line, however long the client's part of it is. */
  private static String reason(@Nullable Throwable cause) {
    Throwable first = cause;
    while (first != null && first.getCause() != null) {
      first = first.getCause();
    }
    String text = String.valueOf(first).replaceAll("\\p{Cntrl}", "?");
    return text.substring(0, Math.min(text.length(), REASON_CHARACTERS));
  }
}
