package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.net.IpAddress;
import dev.holdfast.servlet.wire.ConnectionPeer;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever reaches the port may write a PROXY line: what it says is forwarded, like any header. */
@Tag("verify")
class JettyProxyProtocolTest {
  private final Server server = new Server();
  private final ServerConnector connector =
      new ServerConnector(server, new ProxyConnectionFactory(), new HttpConnectionFactory());

  /** Answers with whom the container and Holdfast take for the peer. */
  private static final class Peers extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      IpAddress peer = ConnectionPeer.of(WireRequest.below(request));
      response.getWriter().print("container " + request.getRemoteAddr() + ", peer " + peer);
    }
  }

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new Peers()), "/");
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private String answer(String firstLine) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      socket.setSoTimeout(30_000);
      String request = firstLine + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void anAddressInTheProxyProtocolMakesNobodyTrusted_T03() throws Exception {
    assertThat(answer("PROXY TCP4 10.0.0.1 10.0.0.2 40000 443\r\n"))
        .as("the container believes it, Holdfast does not")
        .endsWith("container 10.0.0.1, peer 127.0.0.1");
  }

  @Test
  void withoutTheProxyProtocolThePeerIsTheSame() throws Exception {
    assertThat(answer("")).endsWith("container 127.0.0.1, peer 127.0.0.1");
  }
}
