package dev.holdfast.tls.engine;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real client that breaks its records as a script says, in any flight, before and after their
 * encryption, and after the handshake too. The server waits or is closed; where both ends finish,
 * both export the same.
 */
class HandshakeFuzzTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final SSLContext SERVER = Recorded.server(PKI);
  private static final Identity IDENTITY = PKI.clientCertificate("CN=client");
  private static final Identity STRANGER = ThrowAwayPki.selfSigned("CN=stranger");

  private static final int TLS12 = 0;
  private static final int WANT = 1;
  private static final int NEED = 2;
  private static final int CERTIFICATE = 3;
  private static final int STRANGE = 4;
  private static final int RESUMING = 5;
  private static final int NO_KEY_SHARE = 6;
  private static final int EARLY_DATA = 7;
  private static final int NO_OFFER = 8;
  private static final int PROTOCOLS = 9;
  private static final int SMALL = 10;
  private static final int PIECES = 11;
  private static final int NO_MASTER_SECRET = 12;

  /** Not before each kind of handshake has been: an agent makes much of a class it first sees. */
  static byte[][] seeds() throws IOException {
    Recorded.clients(PKI, SERVER);
    return new byte[][] {
      HandshakeScript.of(""),
      HandshakeScript.of("", TLS12),
      HandshakeScript.of("", NEED, CERTIFICATE),
      HandshakeScript.of("", TLS12, NEED, CERTIFICATE, SMALL, PIECES),
      HandshakeScript.of("", TLS12, RESUMING, PROTOCOLS),
      HandshakeScript.of("flip 1 40 01", NO_KEY_SHARE),
      HandshakeScript.of("before 1 23 010203", EARLY_DATA),
      HandshakeScript.of("flip 1 9 ff; split 0 5", NEED, CERTIFICATE),
      HandshakeScript.of("insert 1 4 00ff; cut 2 30", TLS12, NEED, CERTIFICATE),
      HandshakeScript.of("", TLS12, WANT, CERTIFICATE, STRANGE),
      HandshakeScript.of("extension 0 24 010002ffff; extension 0 1 04"),
      HandshakeScript.of("before 3 22 1800000100; before 3 22 1800000101; drop 4"),
      HandshakeScript.of("before 4 22 01000000; repeat 0", TLS12, NO_MASTER_SECRET),
      HandshakeScript.of("before 3 21 0100; retype 4 21"),
      HandshakeScript.of("flip_encrypted 1 60 80; cut_encrypted 2 7", TLS12),
      HandshakeScript.of("repeat_encrypted 2", NO_OFFER),
    };
  }

  @MethodSource("seeds")
  @FuzzTest
  void anEngineWaitsOrIsClosed_andBothEndsExportTheSame(byte[] input) throws IOException {
    HandshakeScript script = new HandshakeScript(input);
    TokenBindingClient client = client(script);
    if (script.says(RESUMING)) {
      new Talk(script, client.exchange(), false).talk();
      client = client.resuming();
    }
    new Talk(script, client.exchange(script.rewriting()), true).talk();
  }

  private static TokenBindingClient client(HandshakeScript script) {
    TokenBindingClient client =
        TokenBindingClient.trusting(PKI.certificate())
            .withVersion(script.says(TLS12) ? "TLSv1.2" : "TLSv1.3");
    if (!script.says(NO_OFFER)) {
      client = client.offering(2, 1);
    }
    if (script.says(CERTIFICATE)) {
      client = client.withIdentity(script.says(STRANGE) ? STRANGER : IDENTITY);
    }
    if (script.says(NO_KEY_SHARE)) {
      client = client.withoutKeyShare();
    }
    if (script.says(EARLY_DATA)) {
      client = client.withEarlyData();
    }
    if (script.says(PROTOCOLS)) {
      client = client.withApplicationProtocols("h2", "http/1.1");
    }
    if (script.says(NO_MASTER_SECRET)) {
      client = client.withoutExtendedMasterSecret();
    }
    for (HandshakeScript.Extension extension : script.extensions()) {
      client = client.withExtension(extension.type(), extension.content());
    }
    return client;
  }

  /** One connection. */
  private static final class Talk {
    private final HandshakeScript script;
    private final TokenBindingExchange exchange;
    private final boolean breaking;
    private final SSLEngine engine = SERVER.createSSLEngine();
    private final StrictEnd end;

    Talk(HandshakeScript script, TokenBindingExchange exchange, boolean breaking) {
      this.script = script;
      this.exchange = exchange;
      this.breaking = breaking;
      engine.setWantClientAuth(script.says(WANT));
      if (script.says(NEED)) {
        engine.setNeedClientAuth(true);
      }
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setApplicationProtocols(
          script.says(PROTOCOLS) ? new String[] {"h2", "http/1.1"} : new String[0]);
      engine.setSSLParameters(parameters);
      end = new StrictEnd(engine, script.says(SMALL) ? 64 : 1 << 15);
    }

    void talk() {
      try {
        byte[] said = exchange.begin();
        while (said.length > 0) {
          byte[] answer = deliver(said);
          said = answer.length == 0 ? answer : exchange.take(answer);
        }
        for (int i = 0; i < 4 && exchange.isConnected(); i++) {
          deliver(exchange.say(new byte[] {1, 2, 3}));
          exchange.take(end.say(new byte[] {4, 5, 6}));
        }
      } catch (IOException | IllegalStateException itsOwnEnd) {
        // the client's: what it broke has come back to it
      }
      if (end.isFinished() && exchange.isConnected()) {
        compare();
      }
      end.end();
    }

    private byte[] deliver(byte[] flight) {
      byte[] wire = breaking ? script.onTheWire(flight) : flight;
      byte[] answers = new byte[0];
      int piece = script.says(PIECES) ? 11 : 1 << 20;
      for (int at = 0; at < wire.length; at += piece) {
        byte[] more = end.take(Arrays.copyOfRange(wire, at, Math.min(wire.length, at + piece)));
        int length = answers.length;
        answers = Arrays.copyOf(answers, length + more.length);
        System.arraycopy(more, 0, answers, length, more.length);
      }
      return answers;
    }

    private void compare() {
      byte[] theirs = exchange.keyingMaterial();
      byte[] ours = NegotiatingTls.keyingMaterial(engine.getSession());
      if (!Arrays.equals(theirs, ours)) {
        throw new AssertionError("both ends have finished and export differently");
      }
      List<Integer> offered = List.of(2, 1);
      var negotiated = NegotiatingTls.negotiated(engine.getSession());
      boolean answered = exchange.answer() != null;
      if (answered != (negotiated != null)
          || (negotiated != null && !offered.contains(negotiated.keyParameters()))) {
        throw new AssertionError("agreed on here and not there");
      }
    }
  }
}
