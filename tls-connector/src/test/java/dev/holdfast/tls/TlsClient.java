package dev.holdfast.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection of HTTP/1.1 that knows what it exports, from the moment it was made. */
final class TlsClient implements AutoCloseable {
  private final SSLSocket socket;
  private final byte[] ekm;

  private TlsClient(SSLSocket socket) throws IOException {
    this.socket = socket;
    socket.startHandshake();
    this.ekm = JdkExporter.export(socket.getSession());
  }

  static TlsClient connect(SSLContext context, int port, String protocol) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    socket.setEnabledProtocols(new String[] {protocol});
    socket.setSoTimeout(20_000);
    return new TlsClient(socket);
  }

  byte[] ekm() {
    return ekm;
  }

  String ekmInHex() {
    return HexFormat.of().formatHex(ekm);
  }

  /** What the server has shown. */
  Certificate certificate() throws IOException {
    return socket.getSession().getPeerCertificates()[0];
  }

  /** When the session began that this connection made or resumed. */
  long sessionBegan() {
    return socket.getSession().getCreationTime();
  }

  /**
   * What came back.
   *
   * @param status such as {@code 200}
   * @param fields lines of {@code name: value}, in the order received
   */
  record Answer(String status, List<String> fields, String body) {
    /** Every value of a field, whose name is in any case. */
    List<String> values(String name) {
      return fields.stream()
          .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(field -> field.substring(name.length() + 1).trim())
          .toList();
    }
  }

  /** The body, or the status where it is not 200. */
  String get(String path, String... headers) throws IOException {
    Answer answer = ask(path, headers);
    return answer.status().equals("200") ? answer.body() : answer.status();
  }

  /** The whole answer to a {@code GET}; headers are lines. */
  Answer ask(String path, String... headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
    String head = head();
    String status = head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    List<String> fields = head.lines().skip(1).filter(line -> !line.isEmpty()).toList();
    return new Answer(status, fields, body(head));
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private String body(String head) throws IOException {
    for (String line : head.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        int length = Integer.parseInt(line.substring(15).trim());
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
      }
    }
    throw new IOException("no content-length: " + head);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
