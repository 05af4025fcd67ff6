package dev.holdfast.tls.engine;

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

/**
 * What became of the handshakes of all contexts of {@link NegotiatingTls} in this JVM.
 *
 * <p>Each handshake that fails is a line of the logger {@code dev.holdfast.tls} at DEBUG, with the
 * alert and the reason; each one that succeeds is a line at TRACE. A client can cause any number of
 * either, so that nothing is logged at a higher level.
 */
public final class TlsHandshakes {
  /** In place of an alert: the connection ended before the handshake had. */
  static final String CUT = "connection_cut";

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

  private TlsHandshakes() {}

  /**
   * The figures since the JVM began. They only grow.
   *
   * @param completed handshakes that succeeded by their version, {@code TLSv1.2} and {@code
   *     TLSv1.3}
   * @param tokenBinding those among them that negotiated Token Binding, by the same versions
   * @param resumed those among them that resumed a session, which TLS 1.2 does only
   * @param refused handshakes that this server ended, by the name of the alert that it sent, or
   *     {@code connection_cut} where the connection ended first
   * @param abandoned handshakes that the client ended, by the name of the alert that it sent
   */
  public record Statistics(
      Map<String, Long> completed,
      Map<String, Long> tokenBinding,
      long resumed,
      Map<String, Long> refused,
      Map<String, Long> abandoned) {
    /** Copies the maps. */
    public Statistics {
      completed = Map.copyOf(completed);
      tokenBinding = Map.copyOf(tokenBinding);
      refused = Map.copyOf(refused);
      abandoned = Map.copyOf(abandoned);
    }
  }

  private record Completed(LongAdder all, LongAdder tokenBinding) {
    Completed() {
      this(new LongAdder(), new LongAdder());
    }
  }

  private static LongAdder[] counters() {
    return Stream.generate(LongAdder::new).limit(ALERTS).toArray(LongAdder[]::new);
  }

  /** What has been counted so far; a cause that never happened has no entry. */
  public static Statistics statistics() {
    Map<String, Long> refused = byName(SENT);
    if (CUT_OFF.sum() > 0) {
      refused.put(CUT, CUT_OFF.sum());
    }
    return new Statistics(
        Map.of(ServerVersion.TLS12, TLS12.all.sum(), ServerVersion.TLS13, TLS13.all.sum()),
        Map.of(
            ServerVersion.TLS12,
            TLS12.tokenBinding.sum(),
            ServerVersion.TLS13,
            TLS13.tokenBinding.sum()),
        RESUMED.sum(),
        refused,
        byName(RECEIVED));
  }

  /** All names that {@link Statistics#refused} and {@link Statistics#abandoned} may ever have. */
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

  static void completed(ConnectionSession session, boolean resumed) {
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
  static void refused(short alert, @Nullable Throwable cause) {
    SENT[alert & 0xff].increment();
    LOGGER.log(
        Level.DEBUG,
        () -> "handshake failed, alert sent: %s; %s".formatted(name(alert), reason(cause)));
  }

  /** The client ended a handshake with an alert. */
  static void abandoned(short alert) {
    RECEIVED[alert & 0xff].increment();
    LOGGER.log(Level.DEBUG, () -> "handshake failed, alert received: " + name(alert));
  }

  /** The transport ended before the handshake. */
  static void cut() {
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
