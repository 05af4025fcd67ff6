package dev.holdfast.tls;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** Connections that come and go, of each kind in turn. */
final class Churn implements AutoCloseable {
  static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final int THREADS = 4;
  private static final Identity IDENTITY = PKI.clientCertificate("CN=client");
  private static final TokenBindingClient OFFERING =
      TokenBindingClient.trusting(PKI.certificate()).offering(2);
  private static final TokenBindingClient TLS12 = OFFERING.withVersion("TLSv1.2");

  private final Served server;
  private final SSLContext plain = keepingLittle(PKI.sslContext());
  private final SSLContext certified = keepingLittle(PKI.sslContext(IDENTITY));
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final Map<Kind, Long> kinds = new ConcurrentSkipListMap<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  /** What a connection is like. The JDK's clients resume in TLS 1.2. */
  enum Kind {
    NEGOTIATED_13,
    NEGOTIATED_12,
    RESUMED_12,
    JDK_13,
    JDK_12,
    CERTIFICATE_13,
    CERTIFICATE_12,
    NEGOTIATED_CERTIFICATE_13,
    ABORTED_AFTER_HELLO,
    ABORTED_IN_HANDSHAKE,
    ABORTED_IN_A_BODY,
    ABORTED_IN_AN_ANSWER
  }

  Churn(Served server) {
    this.server = server;
  }

  private static SSLContext keepingLittle(SSLContext context) {
    context.getClientSessionContext().setSessionCacheSize(4);
    return context;
  }

  long connections() {
    return ended.get();
  }

  Map<Kind, Long> kinds() {
    return kinds;
  }

  /** What went wrong with connections that should have been served. */
  List<String> failures() {
    return failures;
  }

  /**
   * So many more connections, or fewer when the time is over.
   *
   * @param least however long they take
   * @param until by {@link System#nanoTime}
   */
  void run(long least, long more, long until) throws InterruptedException {
    long needed = begun.get() + least;
    long target = begun.get() + Math.max(least, more);
    CountDownLatch done = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      threads.execute(
          () -> {
            try {
              while ((begun.get() < needed || System.nanoTime() - until < 0)
                  && failures.size() < 10) {
                long number = begun.getAndIncrement();
                if (number >= target) {
                  break;
                }
                connect(Kind.values()[(int) (number % Kind.values().length)]);
              }
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    begun.set(ended.get());
  }

  private void connect(Kind kind) {
    try {
      talk(kind);
    } catch (IOException | RuntimeException failed) {
      failures.add(kind + ": " + failed);
    }
    kinds.merge(kind, 1L, Long::sum);
    ended.incrementAndGet();
  }

  private void talk(Kind kind) throws IOException {
    switch (kind) {
      case NEGOTIATED_13 -> negotiated(OFFERING);
      case NEGOTIATED_12 -> negotiated(TLS12);
      case RESUMED_12 -> negotiated(TLS12.resuming());
      case JDK_13 -> jdk(plain, "TLSv1.3");
      case JDK_12 -> jdk(plain, "TLSv1.2");
      case CERTIFICATE_13 -> jdk(certified, "TLSv1.3");
      case CERTIFICATE_12 -> jdk(certified, "TLSv1.2");
      case NEGOTIATED_CERTIFICATE_13 -> negotiated(OFFERING.withIdentity(IDENTITY));
      case ABORTED_AFTER_HELLO -> aborted(AbortedConnectionsTest.Stage.CLIENT_HELLO);
      case ABORTED_IN_HANDSHAKE -> aborted(AbortedConnectionsTest.Stage.SERVERS_FLIGHT);
      case ABORTED_IN_A_BODY -> aborted(AbortedConnectionsTest.Stage.PART_OF_A_BODY);
      case ABORTED_IN_AN_ANSWER -> aborted(AbortedConnectionsTest.Stage.PART_OF_AN_ANSWER);
    }
  }

  private void negotiated(TokenBindingClient client) throws IOException {
    try (TokenBindingConnection connection = client.connect("localhost", server.port())) {
      if (connection.send("GET", "/ekm", List.of(), "").status() != 200) {
        throw new IOException("not served");
      }
    }
  }

  private void jdk(SSLContext context, String version) throws IOException {
    try (TlsClient client = TlsClient.connect(context, server.port(), version)) {
      if (client.get("/ekm").length() != 64) {
        throw new IOException("not served");
      }
    }
  }

  private void aborted(AbortedConnectionsTest.Stage stage) throws IOException {
    try (RawClient client = new RawClient(OFFERING, server.port())) {
      stage.reach(client);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
