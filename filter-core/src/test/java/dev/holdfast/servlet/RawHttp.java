package dev.holdfast.servlet;

import dev.holdfast.testing.Http2Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Requests that no HTTP client sends; a page is what stands between angle brackets. */
final class RawHttp {
  /** In place of a page: the status is not 200, or there is none. */
  static final String REFUSED = "refused";

  private static final Pattern PAGE = Pattern.compile("<([^>]*)>");
  private static final int TIMEOUT = 20_000;

  private RawHttp() {}

  /** A connection without TLS. */
  static Socket clear(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT);
    return socket;
  }

  /** One with TLS, for this protocol of ALPN. */
  static Socket tls(int port, SSLContext context, String protocol) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(TIMEOUT);
    return socket;
  }

  /** {@code GET} of this target as it stands. */
  static String http1(Socket socket, String target, String host, List<String> fields) {
    List<String> head = new ArrayList<>(List.of("GET " + target + " HTTP/1.1", "Host: " + host));
    head.addAll(fields);
    head.add("Connection: close");
    try (socket) {
      socket
          .getOutputStream()
          .write((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.startsWith("HTTP/1.1 200") ? page(answer) : REFUSED;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same over HTTP/2; the fields have pseudo-header fields too. */
  static String http2(Socket socket, List<String> fields) {
    try (socket) {
      String answer = new Http2Call(socket.getInputStream(), socket.getOutputStream()).send(fields);
      return answer.equals(REFUSED) ? REFUSED : page("\r\n\r\n" + answer);
    } catch (IOException e) {
      return REFUSED; // by the end of the connection
    }
  }

  /** The body may be in chunks. */
  private static String page(String answer) {
    Matcher page = PAGE.matcher(answer);
    return page.find() ? page.group(1) : answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }
}
