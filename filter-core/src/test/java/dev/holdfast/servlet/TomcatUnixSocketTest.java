package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.servlet.wire.ConnectionPeer;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tomcat calls whoever connects to its UNIX socket 127.0.0.1: whom that trusts, docs say so. */
@Tag("verify")
class TomcatUnixSocketTest {

  private static final class Peer extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("peer " + ConnectionPeer.of(WireRequest.below(request)));
    }
  }

  @Test
  void thePeerOfAUnixSocketIsTheLoopbackAddress_T04(@TempDir Path directory) throws Exception {
    Path path = directory.resolve("tomcat.sock");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    Connector connector = new Connector();
    connector.setProperty("unixDomainSocketPath", path.toString());
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", directory.toString());
    Tomcat.addServlet(context, "peer", new Peer()).addMapping("/");
    tomcat.start();
    try {
      assertThat(answer(path)).endsWith("peer 127.0.0.1");
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static String answer(Path path) throws IOException {
    try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      return new String(Channels.newInputStream(socket).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
