package dev.holdfast.tls.engine;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.testing.ThrowAwayPki;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes reach a new engine, in whatever pieces. The first byte says how: a certificate
 * wanted or needed, small buffers, the size of the pieces.
 */
@Tag("verify")
class UnwrapFuzzTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final SSLContext SERVER = Recorded.server(PKI);
  private static final int[] PIECES = {1 << 20, 1, 7, 300};

  static byte[][] seeds() throws Exception {
    return Recorded.clients(PKI, SERVER);
  }

  @MethodSource("seeds")
  @FuzzTest
  void anEngineWaitsOrIsClosed(byte[] input) {
    if (input.length == 0) {
      return;
    }
    SSLEngine engine = SERVER.createSSLEngine();
    engine.setWantClientAuth((input[0] & 1) != 0);
    if ((input[0] & 2) != 0) {
      engine.setNeedClientAuth(true);
    }
    StrictEnd end = new StrictEnd(engine, (input[0] & 4) == 0 ? 1 << 15 : 64);
    int piece = PIECES[input[0] >>> 3 & 3];
    for (int at = 1; at < input.length; at += piece) {
      end.take(Arrays.copyOfRange(input, at, Math.min(input.length, at + piece)));
    }
    end.end();
    if (end.isFinished()) {
      throw new AssertionError("a handshake that ends without a client");
    }
  }
}
