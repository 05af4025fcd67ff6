package dev.holdfast.testing.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An answer to bytes that an HTTP client would not send.
 *
 * @param status the status, or 0 when the server closed the connection without one
 * @param text the whole answer, head and body
 */
record RawResponse(int status, String text) {

  static RawResponse exchange(SSLContext tls, int port, String head) {
    try (SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return parse(read(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      in.transferTo(bytes);
    } catch (SocketException closedHard) {
      // what came before the reset is the answer
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static RawResponse parse(String text) {
    return new RawResponse(
        text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0, text);
  }
}
