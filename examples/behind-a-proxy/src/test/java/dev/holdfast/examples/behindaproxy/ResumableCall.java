package dev.holdfast.examples.behindaproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A call over a connection of its own, and when its TLS session began.
 *
 * @param status of the answer
 * @param sessionCreated before the connection, if the session was resumed
 */
record ResumableCall(String status, long sessionCreated) {

  static ResumableCall make(SSLContext tls, String version, int port, String token)
      throws IOException {
    try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName("localhost")));
      parameters.setProtocols(new String[] {version});
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(30_000);
      String request =
          "GET /me HTTP/1.1\r\nHost: localhost:"
              + port
              + "\r\nConnection: close\r\n"
              + token
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return new ResumableCall(
          answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()),
          socket.getSession().getCreationTime());
    }
  }
}
