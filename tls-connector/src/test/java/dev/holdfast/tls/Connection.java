package dev.holdfast.tls;

import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** A client of the JDK's own and a server whose engine is captured, in memory. */
final class Connection {
  final Peer client;
  final Peer server;

  private Connection(SSLEngine client, SSLEngine server) {
    this.client = new Peer(client);
    this.server = new Peer(server);
  }

  static Connection open(SSLContext client, SSLContext server, String protocol)
      throws SSLException {
    SSLEngine asking = client.createSSLEngine("localhost", 443);
    asking.setUseClientMode(true);
    asking.setEnabledProtocols(new String[] {protocol});
    SSLEngine answering = server.createSSLEngine();
    answering.setUseClientMode(false);
    asking.beginHandshake();
    return new Connection(asking, answering);
  }

  /** Until nobody has anything to say. */
  Connection talk() throws SSLException {
    boolean moved;
    do {
      client.work();
      moved = client.sendTo(server);
      server.work();
      moved |= server.sendTo(client);
    } while (moved);
    return this;
  }

  /** The client's first flight, and the server's answer, which does not arrive yet. */
  Connection untilTheServerHasAnswered() throws SSLException {
    client.work();
    client.sendTo(server);
    server.work();
    return this;
  }

  /** The server's answer arrives, and the handshake ends. */
  Connection goOn() throws SSLException {
    server.sendTo(client);
    return talk();
  }

  byte[] ours() {
    return ConnectionKeyingMaterial.of(server.engine.getSession());
  }

  /** What the client's session exports now, right while no other connection resumes it. */
  byte[] clients() {
    return JdkExporter.export(client.engine.getSession());
  }

  /** With or without session tickets: the JDK asks these properties when it makes a context. */
  static <T> T during(boolean tickets, Callable<T> maker) {
    List<String> names =
        List.of(
            "jdk.tls.server.enableSessionTicketExtension",
            "jdk.tls.client.enableSessionTicketExtension");
    names.forEach(name -> System.setProperty(name, String.valueOf(tickets)));
    try {
      return maker.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      names.forEach(System::clearProperty);
    }
  }
}
