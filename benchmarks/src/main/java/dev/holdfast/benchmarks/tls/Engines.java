package dev.holdfast.benchmarks.tls;

import dev.holdfast.testing.Identity;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A side's engine and the JDK's client in memory and on one thread. Counted is the server's turn:
 * its time, the median of all operations, and the bytes that it allocates.
 */
final class Engines {
  private static final int ROOM = 1 << 17;

  /** What both sides take in one record; the JDK leaves some bytes of 16,384 unused. */
  private static final int RECORD = 16_000;

  private static final int REQUEST = 100;
  private static final int ANSWER = 200;

  /** Fewer than the records after which a side asks for new keys. */
  private static final int MAX_OPERATIONS = 1 << 19;

  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final SSLContext server;
  private final SSLContext clients = Client.trustful();
  private final Workload.Suite suite;
  private final ByteBuffer toServer = ByteBuffer.allocate(ROOM);
  private final ByteBuffer toClient = ByteBuffer.allocate(ROOM);
  private final ByteBuffer plain = ByteBuffer.allocate(ROOM);
  private final ByteBuffer nothing = ByteBuffer.allocate(0);

  private long nanos;
  private long bytes;
  private int names;

  /** What is done once. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without a state
  enum Work {
    FULL((engines, pair) -> engines.connect(false)),
    AGAIN((engines, pair) -> engines.connect(true)),
    SMALL(
        (engines, pair) -> {
          engines.up(pair, REQUEST);
          engines.down(pair, ANSWER);
        }),
    DOWN((engines, pair) -> engines.down(pair, RECORD)),
    UP((engines, pair) -> engines.up(pair, RECORD));

    private final Operation operation;

    Work(Operation operation) {
      this.operation = operation;
    }

    void run(Engines engines, Pair pair) throws SSLException {
      operation.run(engines, pair);
    }

    private interface Operation {
      void run(Engines engines, Pair pair) throws SSLException;
    }
  }

  /** Two ends whose handshake is done. */
  record Pair(SSLEngine client, SSLEngine server) {}

  /**
   * One operation of the server's.
   *
   * @param micros of its time
   * @param bytes allocated
   */
  record Cost(double micros, double bytes) {}

  Engines(Side side, Identity identity, Workload.Suite suite) {
    this.suite = suite;
    try {
      char[] password = TlsServer.PASSWORD.toCharArray();
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(identity.keyStore(password), password);
      server = side.context();
      server.init(keys.getKeyManagers(), null, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does it over and over for so long, on a connection of its own. */
  Cost run(Work work, int millis) throws SSLException {
    Pair pair = connect(false);
    long end = System.nanoTime() + millis * 1_000_000L;
    long[] times = new long[1024];
    int count = 0;
    bytes = 0;
    do {
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      nanos = 0;
      work.run(this, pair);
      times[count++] = nanos;
    } while (System.nanoTime() < end && count < MAX_OPERATIONS);
    Arrays.sort(times, 0, count);
    return new Cost(times[count / 2] / 1e3, (double) bytes / count);
  }

  /** A handshake; again: of a client that may resume the one before. */
  Pair connect(boolean again) throws SSLException {
    SSLEngine client = clients.createSSLEngine(again ? "localhost" : "localhost-" + names++, 443);
    client.setUseClientMode(true);
    client.setEnabledProtocols(new String[] {suite.protocol()});
    client.setEnabledCipherSuites(new String[] {suite.suiteName()});
    client.beginHandshake();
    toServer.clear();
    toClient.clear();
    begin();
    SSLEngine made = server.createSSLEngine();
    made.setUseClientMode(false);
    end();
    do {
      turn(client, toClient, toServer);
      begin();
      turn(made, toServer, toClient);
      end();
    } while (toClient.position() > 0
        || client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING);
    return new Pair(client, made);
  }

  private void turn(SSLEngine engine, ByteBuffer from, ByteBuffer to) throws SSLException {
    from.flip();
    boolean moved = true;
    while (moved) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        engine.getDelegatedTask().run();
      } else if (status == HandshakeStatus.NEED_WRAP) {
        engine.wrap(nothing, to);
      } else {
        plain.clear();
        moved = from.hasRemaining() && engine.unwrap(from, plain).bytesConsumed() > 0;
      }
    }
    from.compact();
  }

  /** The server sends a record. */
  private void down(Pair pair, int size) throws SSLException {
    plain.clear().limit(size);
    toClient.clear();
    begin();
    SSLEngineResult sent = pair.server().wrap(plain, toClient);
    end();
    requireWhole(size, sent.bytesConsumed(), sent);
    toClient.flip();
    plain.clear();
    SSLEngineResult taken = pair.client().unwrap(toClient, plain);
    requireWhole(size, taken.bytesProduced(), taken);
  }

  /** The server receives a record. */
  private void up(Pair pair, int size) throws SSLException {
    plain.clear().limit(size);
    toServer.clear();
    pair.client().wrap(plain, toServer);
    toServer.flip();
    plain.clear();
    begin();
    SSLEngineResult received = pair.server().unwrap(toServer, plain);
    end();
    requireWhole(size, received.bytesProduced(), received);
  }

  private static void requireWhole(int size, int moved, SSLEngineResult result) {
    if (moved != size) {
      throw new IllegalStateException(
          "a record of " + size + " bytes was not taken whole: " + result);
    }
  }

  private void begin() {
    bytes -= threads.getCurrentThreadAllocatedBytes();
    nanos -= System.nanoTime();
  }

  private void end() {
    nanos += System.nanoTime();
    bytes += threads.getCurrentThreadAllocatedBytes();
  }
}
