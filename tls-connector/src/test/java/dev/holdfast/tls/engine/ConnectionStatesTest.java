package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an engine answers in each state of its connection, whatever a container does next. */
@Tag("verify")
class ConnectionStatesTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final int ROOM = 1 << 15;

  /** Application data that no key has made. */
  private static final byte[] FORGED = new byte[5 + 40];

  static {
    ByteBuffer.wrap(FORGED).put((byte) 23).putShort((short) 0x0303).putShort((short) 40);
  }

  /** A way into a state. */
  private interface Way {
    SSLEngine go() throws Exception;
  }

  /** What a container does. */
  private interface Deed {
    String on(SSLEngine engine) throws SSLException;
  }

  private static final Map<String, Deed> DEEDS = new LinkedHashMap<>();

  static {
    DEEDS.put("wrap", engine -> said(engine.wrap(text(), ByteBuffer.allocate(ROOM))));
    DEEDS.put("wrap, no room", engine -> said(engine.wrap(text(), ByteBuffer.allocate(1))));
    DEEDS.put("unwrap nothing", engine -> unwrap(engine, new byte[0]));
    DEEDS.put("unwrap forged", engine -> unwrap(engine, FORGED));
    DEEDS.put("closeInbound", engine -> done(engine::closeInbound));
    DEEDS.put("closeOutbound", engine -> done(engine::closeOutbound));
    DEEDS.put("beginHandshake", engine -> done(engine::beginHandshake));
  }

  private interface Step {
    void run() throws SSLException;
  }

  private static String done(Step step) throws SSLException {
    step.run();
    return "done";
  }

  private static ByteBuffer text() {
    return ByteBuffer.wrap(new byte[10]);
  }

  private static String unwrap(SSLEngine engine, byte[] bytes) throws SSLException {
    return said(engine.unwrap(ByteBuffer.wrap(bytes), ByteBuffer.allocate(ROOM)));
  }

  private static String said(SSLEngineResult result) {
    return "%s %s %d>%s"
        .formatted(
            result.getStatus(),
            result.getHandshakeStatus(),
            result.bytesConsumed(),
            result.bytesProduced() > 0 ? "some" : "0");
  }

  private static String standing(SSLEngine engine) {
    return "%s%s%s%s"
        .formatted(
            engine.getHandshakeStatus(),
            engine.isInboundDone() ? ", in done" : "",
            engine.isOutboundDone() ? ", out done" : "",
            engine.getHandshakeSession() == null ? "" : ", handshake session");
  }

  private static String rows(Way way) throws Exception {
    StringBuilder rows = new StringBuilder(standing(way.go())).append('\n');
    for (Map.Entry<String, Deed> deed : DEEDS.entrySet()) {
      SSLEngine engine = way.go();
      String outcome;
      try {
        outcome = deed.getValue().on(engine);
      } catch (SSLException e) {
        outcome = "throws";
      }
      rows.append("%s: %s; %s\n".formatted(deed.getKey(), outcome, standing(engine)));
    }
    return rows.toString();
  }

  private static Pair pair(String version) throws Exception {
    return Pair.of(PKI, version, 1 << 20, ROOM);
  }

  private static byte[] hello(Pair pair) throws SSLException {
    pair.client.engine.beginHandshake();
    return pair.client.take(new byte[0]);
  }

  /** Hands records to the server, and runs tasks; nothing is wrapped. */
  private static SSLEngine hear(SSLEngine server, byte[] bytes) throws SSLException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      server.unwrap(in, ByteBuffer.allocate(ROOM));
      if (server.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        server.getDelegatedTask().run();
      }
    }
    return server;
  }

  private static SSLEngine agreed(Pair pair) throws SSLException {
    byte[] answer = pair.server.take(hello(pair));
    return hear(pair.server.engine, pair.client.take(answer));
  }

  private static SSLEngine failed() throws Exception {
    SSLEngine server = fresh();
    unwrap(server, FORGED);
    return server;
  }

  private static SSLEngine forgedOnEstablished() throws Exception {
    SSLEngine server = established("TLSv1.3");
    assertThatThrownBy(() -> unwrap(server, FORGED)).isInstanceOf(SSLException.class);
    return server;
  }

  private static SSLEngine flushed(SSLEngine server) throws SSLException {
    server.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(ROOM));
    return server;
  }

  /** Closes what comes in, which nobody has announced. */
  private static SSLEngine cut(SSLEngine server) {
    assertThatThrownBy(server::closeInbound).isInstanceOf(SSLException.class);
    return server;
  }

  private static SSLEngine closing(SSLEngine server) {
    server.closeOutbound();
    return server;
  }

  private static SSLEngine begun(SSLEngine server) throws SSLException {
    server.beginHandshake();
    return server;
  }

  private static SSLEngine fresh() throws Exception {
    return pair("TLSv1.3").server.engine;
  }

  private static SSLEngine delegated() throws Exception {
    Pair pair = pair("TLSv1.3");
    unwrap(pair.server.engine, hello(pair));
    return pair.server.engine;
  }

  private static SSLEngine cutBeforeItsTask() throws Exception {
    SSLEngine server = delegated();
    Runnable task = server.getDelegatedTask();
    cut(server);
    task.run();
    return server;
  }

  private static SSLEngine answering() throws Exception {
    Pair pair = pair("TLSv1.3");
    return hear(pair.server.engine, hello(pair));
  }

  private static SSLEngine agreedByTask() throws Exception {
    Pair pair = pair("TLSv1.3");
    pair.server.engine.setWantClientAuth(true);
    return agreed(pair);
  }

  private static SSLEngine established(String version) throws Exception {
    return pair(version).talk().server.engine;
  }

  private static SSLEngine toldToClose(String version) throws Exception {
    Pair pair = pair(version).talk();
    return hear(pair.server.engine, pair.client.close());
  }

  private static final Map<String, Way> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put("not begun", ConnectionStatesTest::fresh);
    WAYS.put("closed before it began", () -> closing(fresh()));
    WAYS.put("handshaking", () -> begun(fresh()));
    WAYS.put("handshaking, a task waits", ConnectionStatesTest::delegated);
    WAYS.put("handshaking, a task waits, cut", () -> cut(delegated()));
    WAYS.put("handshaking, a task was run after a cut", ConnectionStatesTest::cutBeforeItsTask);
    WAYS.put("handshaking, an answer waits", ConnectionStatesTest::answering);
    WAYS.put("failed", ConnectionStatesTest::failed);
    WAYS.put("failed, the alert is out", () -> flushed(failed()));
    WAYS.put("agreed, TLS 1.2", () -> agreed(pair("TLSv1.2")));
    WAYS.put("agreed, TLS 1.2, closing", () -> closing(agreed(pair("TLSv1.2"))));
    WAYS.put("agreed, TLS 1.2, cut", () -> cut(agreed(pair("TLSv1.2"))));
    WAYS.put("agreed by a task, TLS 1.3", ConnectionStatesTest::agreedByTask);
    WAYS.put("agreed by a task, TLS 1.3, closing", () -> closing(agreedByTask()));
    WAYS.put("established, TLS 1.2", () -> established("TLSv1.2"));
    WAYS.put("established, TLS 1.3", () -> established("TLSv1.3"));
    WAYS.put("established, cut", () -> cut(established("TLSv1.3")));
    WAYS.put("close_notify received, TLS 1.2", () -> toldToClose("TLSv1.2"));
    WAYS.put("close_notify received, TLS 1.3", () -> toldToClose("TLSv1.3"));
    WAYS.put("close_notify waits", () -> closing(established("TLSv1.3")));
    WAYS.put("close_notify sent", () -> flushed(closing(established("TLSv1.3"))));
    WAYS.put("close_notify sent and cut", () -> cut(flushed(closing(established("TLSv1.3")))));
    WAYS.put("ended by a forged record", ConnectionStatesTest::forgedOnEstablished);
    WAYS.put("ended, the alert is out", () -> flushed(forgedOnEstablished()));
  }

  static Stream<String> states() {
    return WAYS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("states")
  void whateverAContainerDoesNextTheAnswerIsThatOfTheState(String state) throws Exception {
    assertThat(rows(WAYS.get(state))).isEqualTo(expected(state));
  }

  private static String expected(String state) throws IOException {
    try (InputStream table =
        ConnectionStatesTest.class.getResourceAsStream("connection-states.txt")) {
      String all = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(all.split("# "))
          .filter(section -> section.startsWith(state + "\n"))
          .map(section -> section.substring(state.length() + 1).strip() + "\n")
          .findFirst()
          .orElseThrow(() -> new AssertionError("no rows for " + state));
    }
  }
}
