package dev.holdfast.examples.behindaproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over HTTP/1.1 that no well-behaved client would: names, spellings and repetitions
 * of header fields are the caller's. A new connection for each.
 *
 * @param tls with the caller's certificate; null sends in the clear
 * @param from the caller's address; null lets the system choose
 */
record RawClient(@Nullable SSLContext tls, @Nullable InetAddress from) {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern NAME = Pattern.compile("^[^:]*[A-Za-z][^:]*$");
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final Pattern CHUNKED = Pattern.compile("(?i)\r\ntransfer-encoding: *chunked");

  static RawClient over(@Nullable SSLContext tls) {
    return new RawClient(tls, null);
  }

  /**
   * Sends a GET.
   *
   * @param fields whole lines without their ends, as they are to be sent
   */
  Answer get(String host, int port, String path, List<String> fields) {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + ":"
            + port
            + "\r\n"
            + String.join("\r\n", fields)
            + (fields.isEmpty() ? "" : "\r\n")
            + "\r\n";
    try (Socket socket = connect(host, port)) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return read(socket.getInputStream());
    } catch (IOException refused) {
      return Answer.none(String.valueOf(refused.getMessage()));
    }
  }

  private Socket connect(String host, int port) throws IOException {
    Socket plain = new Socket();
    try {
      if (from != null) {
        plain.bind(new InetSocketAddress(from, 0));
      }
      plain.setSoTimeout(PATIENCE_MILLIS);
      plain.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      if (tls == null) {
        return plain;
      }
      SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      if (NAME.matcher(host).find()) { // the JDK leaves "localhost" out, and Caddy insists
        parameters.setServerNames(List.of(new SNIHostName(host)));
      }
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return secure;
    } catch (IOException failed) {
      plain.close();
      throw failed;
    }
  }

  private static Answer read(InputStream in) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!isComplete(received) && received.size() < MAX_BYTES) {
      int length = in.read(buffer);
      if (length < 0) {
        break;
      }
      received.write(buffer, 0, length);
    }
    String text = received.toString(StandardCharsets.ISO_8859_1);
    Matcher status = STATUS.matcher(text);
    if (!status.lookingAt()) {
      return Answer.none("ended without an answer");
    }
    int end = text.indexOf("\r\n\r\n");
    return new Answer(Integer.parseInt(status.group(1)), text.substring(end + 4));
  }

  /** Whether all of it is here, as its length or its last chunk says; else the connection ends. */
  private static boolean isComplete(ByteArrayOutputStream received) {
    String text = received.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    String head = text.substring(0, end + 2);
    if (CHUNKED.matcher(head).find()) {
      return text.endsWith("\r\n0\r\n\r\n") || text.substring(end + 4).equals("0\r\n\r\n");
    }
    Matcher length = LENGTH.matcher(head);
    return length.find() && text.length() - end - 4 >= Integer.parseInt(length.group(1));
  }
}
