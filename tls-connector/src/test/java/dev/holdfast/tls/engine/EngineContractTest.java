package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.ThrowAwayPki;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Javadoc of SSLEngine and SSLSession promises to any container. */
class EngineContractTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  private static Pair connected(String version) throws Exception {
    return Pair.of(PKI, version, 1 << 20, 1 << 15).talk();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whatCannotBeWrittenToIsRefused_andNothingIsLost(String version) throws Exception {
    Pair pair = connected(version);
    SSLEngine server = pair.server.engine;
    byte[] record = pair.client.say(new byte[] {1, 2, 3});
    ByteBuffer source = ByteBuffer.wrap(record.clone());
    ByteBuffer[] destinations = {
      ByteBuffer.allocate(1), ByteBuffer.allocate(1 << 15).asReadOnlyBuffer()
    };
    assertThatThrownBy(() -> server.unwrap(source, destinations))
        .isInstanceOf(ReadOnlyBufferException.class);
    assertThat(source.position()).isZero();
    assertThat(destinations[0].position()).isZero();
    assertThatThrownBy(
            () ->
                server.wrap(
                    ByteBuffer.allocate(1), ByteBuffer.allocate(1 << 15).asReadOnlyBuffer()))
        .isInstanceOf(ReadOnlyBufferException.class);

    pair.server.take(record);
    assertThat(pair.server.text.toByteArray()).containsExactly(1, 2, 3);
    pair.serverSays(new byte[] {4, 5});
    assertThat(pair.client.text.toByteArray()).containsExactly(4, 5);
  }

  @Test
  void whatIsMissingIsAnIllegalArgument() throws Exception {
    SSLEngine server = connected("TLSv1.3").server.engine;
    ByteBuffer room = ByteBuffer.allocate(1 << 15);
    ByteBuffer[] gap = {room, null};
    assertThatIllegalArgumentException().isThrownBy(() -> server.wrap(gap, room));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.wrap(new ByteBuffer[] {room}, 0, 1, null));
    assertThatIllegalArgumentException().isThrownBy(() -> server.unwrap(room, gap));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.unwrap(null, new ByteBuffer[] {room}, 0, 1));
    assertThatThrownBy(() -> server.unwrap(room, gap, 1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatCode(() -> server.unwrap(ByteBuffer.allocate(0), gap, 0, 1))
        .doesNotThrowAnyException();
    assertThatIllegalArgumentException().isThrownBy(() -> server.setEnabledProtocols(null));
    assertThatIllegalArgumentException().isThrownBy(() -> server.setEnabledCipherSuites(null));
  }

  /** More than an int can count. */
  @Test
  void buffersOfManyGibibytesAreNoNegativeNumber(@TempDir Path folder) throws Exception {
    Pair pair = connected("TLSv1.3");
    long gibibyte = 1L << 30;
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("sparse"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer large = file.map(FileChannel.MapMode.READ_WRITE, 0, gibibyte);
      ByteBuffer[] three = {large, large.duplicate(), large.duplicate()};
      SSLEngineResult wrapped = pair.server.engine.wrap(three, ByteBuffer.allocate(1 << 15));
      assertThat(wrapped.bytesConsumed()).isEqualTo(1 << 14);
      ByteBuffer record = ByteBuffer.wrap(pair.client.say(new byte[] {1, 2, 3}));
      SSLEngineResult unwrapped = pair.server.engine.unwrap(record, three);
      assertThat(unwrapped.getStatus()).isEqualTo(SSLEngineResult.Status.OK);
      assertThat(unwrapped.bytesProduced()).isEqualTo(3);
    }
  }

  @Test
  void beginningAgainWhileItGoesOnIsNothingNew() throws Exception {
    Pair pair = Pair.of(PKI, "TLSv1.3", 1 << 20, 1 << 15);
    SSLEngine server = pair.server.engine;
    server.beginHandshake();
    server.beginHandshake();
    assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_UNWRAP);
    pair.talk();
    assertThat(pair.server.finished).hasSize(1);
    assertThatThrownBy(server::beginHandshake).isInstanceOf(SSLException.class);
    SSLEngine closed = Pair.server(PKI).createSSLEngine();
    closed.closeOutbound();
    assertThatThrownBy(closed::beginHandshake).isInstanceOf(SSLException.class);
  }

  private static final class Listener implements SSLSessionBindingListener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void valueBound(SSLSessionBindingEvent event) {
      events.add("bound " + event.getName() + (event.getSession().isValid() ? "" : " invalid"));
    }

    @Override
    public void valueUnbound(SSLSessionBindingEvent event) {
      events.add("unbound " + event.getName());
    }
  }

  @Test
  void valuesAreToldThatTheyAreBoundAndUnbound() throws Exception {
    SSLSession session = connected("TLSv1.3").server.engine.getSession();
    Listener one = new Listener();
    Listener two = new Listener();
    session.putValue("a", one);
    session.putValue("a", two);
    session.putValue("a", "text");
    session.putValue("b", two);
    session.removeValue("b");
    session.removeValue("b");
    assertThat(one.events).containsExactly("bound a", "unbound a");
    assertThat(two.events).containsExactly("bound a", "unbound a", "bound b", "unbound b");
    assertThat(session.getValueNames()).containsExactly("a");
    assertThatIllegalArgumentException().isThrownBy(() -> session.putValue("a", null));
    assertThatIllegalArgumentException().isThrownBy(() -> session.putValue(null, "text"));
    assertThatIllegalArgumentException().isThrownBy(() -> session.getValue(null));
    assertThatIllegalArgumentException().isThrownBy(() -> session.removeValue(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whatIsLessThanARecordMovesNothing(String version) throws Exception {
    Pair pair = connected(version);
    SSLEngine server = pair.server.engine;
    byte[] record = pair.client.say(new byte[100]);
    for (int length : new int[] {0, 4, 5, record.length - 1}) {
      ByteBuffer part = ByteBuffer.wrap(record, 0, length);
      SSLEngineResult result = server.unwrap(part, ByteBuffer.allocate(1 << 15));
      assertThat(result.getStatus()).isEqualTo(SSLEngineResult.Status.BUFFER_UNDERFLOW);
      assertThat(part.position()).isZero();
    }
    for (ByteBuffer[] small :
        List.of(new ByteBuffer[0], new ByteBuffer[] {ByteBuffer.allocate(99)})) {
      ByteBuffer whole = ByteBuffer.wrap(record);
      SSLEngineResult result = server.unwrap(whole, small);
      assertThat(result.getStatus()).isEqualTo(SSLEngineResult.Status.BUFFER_OVERFLOW);
      assertThat(whole.position()).isZero();
    }
    ByteBuffer source = ByteBuffer.allocate(100);
    SSLEngineResult wrapped = server.wrap(source, ByteBuffer.allocate(100));
    assertThat(wrapped.getStatus()).isEqualTo(SSLEngineResult.Status.BUFFER_OVERFLOW);
    assertThat(source.position()).isZero();
    pair.server.take(record);
    assertThat(pair.server.text.size()).isEqualTo(100);
  }
}
