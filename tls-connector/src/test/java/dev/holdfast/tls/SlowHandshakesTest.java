package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many handshakes that were begun and do not go on. How many: property {@code holdfast.half-open}.
 */
@Tag("open-handshakes")
@Tag("whole")
class SlowHandshakesTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final TokenBindingClient CLIENT =
      TokenBindingClient.trusting(PKI.certificate()).offering(2);
  private static final TokenBindingClient LARGE = CLIENT.withExtension(21, new byte[4_000]);

  /** A change_cipher_spec of TLS 1.3, and what never becomes a record. */
  private static final byte[] NEXT_RECORD =
      Arrays.copyOf(new byte[] {20, 3, 3, 0, 1, 1, 23, 3, 3, 0x3f, 0}, 4_000);

  private static final int COUNT = Integer.getInteger("holdfast.half-open", 100);
  private static final long MAX_BYTES = 160 * 1_024;
  private static final String TIMEOUT = "dev.holdfast.tls.handshakeTimeout";

  private static Served serve(Container container, Duration idle) throws Exception {
    System.setProperty(TIMEOUT, "3");
    try {
      return container.start(
          PKI,
          ExportServlet.atEkm(),
          TlsLayer.NEGOTIATING,
          new Container.Tuning(idle, 10_240, Container.ClientCertificates.WANTED));
    } finally {
      System.clearProperty(TIMEOUT);
    }
  }

  /** A rightful client in between. */
  private static void serves(Served server) throws IOException {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      try (TokenBindingConnection connection =
          CLIENT.withVersion(version).connect("localhost", server.port())) {
        assertThat(connection.negotiated()).isEqualTo(2);
        assertThat(connection.send("GET", "/ekm", List.of(), "").status()).isEqualTo(200);
      }
    }
  }

  /**
   * A connection that has sent part of a ClientHello, or all of it, and has not answered.
   *
   * @param flight what it goes on with, byte by byte
   */
  private record Slow(SocketChannel channel, ByteBuffer flight) {
    static Slow open(int port, int number, boolean whole) throws IOException {
      byte[] hello = LARGE.exchange().begin();
      ByteBuffer flight = ByteBuffer.allocate(hello.length + NEXT_RECORD.length);
      flight.put(hello).put(NEXT_RECORD).flip();
      int sent = whole ? hello.length : 1 + number % 1_000;
      SocketChannel channel = SocketChannel.open(new InetSocketAddress("localhost", port));
      channel.write(flight.slice(0, sent));
      if (whole && channel.read(ByteBuffer.allocate(1)) < 1) {
        throw new IOException("the server does not answer");
      }
      channel.configureBlocking(false);
      return new Slow(channel, flight.position(sent));
    }

    /** Whether the server has closed it; what it says before that is passed over. */
    boolean isEnded() {
      ByteBuffer said = ByteBuffer.allocate(8_192);
      try {
        int read;
        do {
          read = channel.read(said.clear());
        } while (read > 0);
        return read < 0;
      } catch (IOException reset) {
        return true;
      }
    }

    /** One byte more; whether it is at an end. */
    boolean drip() {
      try {
        if (isEnded()) {
          channel.close();
          return true;
        }
        channel.write(flight.slice(flight.position(), 1));
        flight.get();
        return false;
      } catch (IOException reset) {
        return true;
      }
    }
  }

  /** Tomcat and Undertow ask the engine when the whole ClientHello is there, and not before. */
  private static List<Slow> open(Served server, Container container, int count) throws IOException {
    List<Slow> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      open.add(Slow.open(server.port(), i, container != Container.JETTY || i % 2 == 0));
    }
    return open;
  }

  private static boolean dripped(List<Slow> open) {
    open.removeIf(Slow::drip);
    return open.isEmpty();
  }

  private static void closeAll(List<Slow> open) throws IOException {
    for (Slow slow : open) {
      slow.channel().close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theyHinderNobody_costLittle_andEndByTheEnginesLimit(Container container) throws Exception {
    try (Served server = serve(container, Duration.ofMinutes(5))) {
      serves(server);
      Leftovers leftovers = new Leftovers();
      HeapWatch.Point before = HeapWatch.now();
      long outside = HeapWatch.direct();
      List<Slow> open = open(server, container, COUNT);
      try {
        assertThat(HeapWatch.await(() -> leftovers.engines() > COUNT - 4, 60)).isTrue();
        long each =
            (HeapWatch.now().bytes() - before.bytes() + HeapWatch.direct() - outside) / COUNT;
        System.getLogger("dev.holdfast.tls")
            .log(System.Logger.Level.INFO, container + ": " + COUNT + " open, " + each + " B each");
        serves(server);
        assertThat(open).noneMatch(Slow::isEnded);
        assertThat(each).isLessThan(MAX_BYTES);
        assertThat(HeapWatch.await(() -> dripped(open), 60)).isTrue();
      } finally {
        closeAll(open);
      }
      assertThat(leftovers.whenAllIsDone()).isEmpty();
      serves(server);
    }
  }

  /** Undertow has no time limit of this kind, whatever the TLS. */
  @ParameterizedTest
  @EnumSource(names = {"TOMCAT", "JETTY"})
  void whoSaysNothingMoreIsEndedByTheContainer(Container container) throws Exception {
    Leftovers leftovers = new Leftovers();
    try (Served server = serve(container, Duration.ofSeconds(1))) {
      List<Slow> open = new ArrayList<>();
      try {
        for (int i = 0; i < 20; i++) {
          open.add(Slow.open(server.port(), i, i % 2 == 0));
        }
        assertThat(HeapWatch.await(() -> open.stream().allMatch(Slow::isEnded), 30)).isTrue();
      } finally {
        closeAll(open);
      }
      assertThat(leftovers.whenAllIsDone()).isEmpty();
    }
  }
}
