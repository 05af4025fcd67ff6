package dev.holdfast.tls.engine;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** What clients have said in real handshakes, each with a first byte of {@link UnwrapFuzzTest}. */
final class Recorded {
  private Recorded() {}

  static SSLContext server(ThrowAwayPki pki) {
    try {
      return Pair.server(pki);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[][] clients(ThrowAwayPki pki, SSLContext server) throws IOException {
    Identity identity = pki.clientCertificate("CN=client");
    TokenBindingClient plain = TokenBindingClient.trusting(pki.certificate()).offering(2, 1, 0);
    List<byte[]> seeds = new ArrayList<>();
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      TokenBindingClient client =
          plain.withVersion(version).withApplicationProtocols("h2", "http/1.1");
      seeds.add(said(client, server.createSSLEngine(), 0));
      seeds.add(said(client, server.createSSLEngine(), 0b10_100));
      SSLEngine asking = server.createSSLEngine();
      asking.setNeedClientAuth(true);
      seeds.add(said(client.withIdentity(identity), asking, 0b10));
    }
    seeds.add(said(plain.withoutKeyShare(), server.createSSLEngine(), 0));
    seeds.add(said(plain.withEarlyData(), server.createSSLEngine(), 0));
    seeds.add(new byte[] {0, 'G', 'E', 'T', ' ', '/'});
    seeds.add(new byte[] {0, 21, 3, 3, 0, 2, 1, 0});
    seeds.add(new byte[] {0, 20, 3, 3, 0, 1, 1});
    seeds.add(oneByteAtATime());
    return seeds.toArray(byte[][]::new);
  }

  /** The beginning of the longest record; the engine is asked again for each byte of it. */
  private static byte[] oneByteAtATime() {
    byte[] input = new byte[1_500];
    System.arraycopy(new byte[] {0b1_000, 22, 3, 3, 0x40, 0}, 0, input, 0, 6);
    return input;
  }

  private static byte[] said(TokenBindingClient client, SSLEngine engine, int how)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(how);
    TokenBindingExchange exchange = client.exchange();
    StrictEnd end = new StrictEnd(engine, 1 << 15);
    byte[] said = exchange.begin();
    while (said.length > 0) {
      all.writeBytes(said);
      byte[] answer = end.take(said);
      said = answer.length == 0 || end.hasFailed() ? new byte[0] : exchange.take(answer);
    }
    if (end.isFinished()) {
      all.writeBytes(exchange.say(new byte[] {1, 2, 3}));
    }
    return all.toByteArray();
  }
}
