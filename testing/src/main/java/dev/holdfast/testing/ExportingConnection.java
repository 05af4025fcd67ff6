package dev.holdfast.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One TLS connection of a client that speaks HTTP/1.1 over it and knows its keying material: what a
 * Token Binding message is signed over (RFC 8471 section 3.3). It needs a JDK whose TLS exports, 25
 * or later: ask {@link #isSupported()} first.
 *
 * <p>One request at a time. The server's certificate and name are checked.
 */
public final class ExportingConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final @Nullable MethodHandle EXPORT = find();

  private final SSLSocket socket;
  private final byte[] keyingMaterial;

  private ExportingConnection(SSLSocket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.startHandshake();
    this.keyingMaterial = export(socket.getSession());
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param fields the header fields as received, each {@code name: value}
   * @param body the content as UTF-8
   */
  public record Answer(int status, List<String> fields, String body) {
    /** Copies the fields. */
    public Answer {
      fields = List.copyOf(fields);
    }

    /** The first value of that field, or null. */
    public @Nullable String field(String name) {
      return fields.stream()
          .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(field -> field.substring(name.length() + 1).trim())
          .findFirst()
          .orElse(null);
    }
  }

  /** Whether this JDK exports keying material. */
  public static boolean isSupported() {
    return EXPORT != null;
  }

  /**
   * Connects and shakes hands.
   *
   * @param protocol the only version to offer, for example {@code TLSv1.3}
   */
  public static ExportingConnection open(SSLContext tls, String host, int port, String protocol) {
    try {
      SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(host, port);
      try {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return new ExportingConnection(socket);
      } catch (IOException | RuntimeException failed) {
        socket.close();
        throw failed;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This connection's 32 bytes. */
  public byte[] keyingMaterial() {
    return keyingMaterial.clone();
  }

  /**
   * Sends a request and reads the answer.
   *
   * @param target the path and the query
   * @param fields header fields, each {@code name: value}
   * @param body the content, empty for none
   */
  public Answer send(String method, String target, List<String> fields, String body)
      throws IOException {
    List<String> head = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1"));
    head.add("Host: " + socket.getSession().getPeerHost() + ":" + socket.getPort());
    head.addAll(fields);
    byte[] content = body.getBytes(UTF_8);
    if (content.length > 0) {
      head.add("Content-Length: " + content.length);
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes((String.join("\r\n", head) + "\r\n\r\n").getBytes(ISO_8859_1));
    request.writeBytes(content);
    socket.getOutputStream().write(request.toByteArray());
    return answer();
  }

  private Answer answer() throws IOException {
    InputStream in = socket.getInputStream();
    String status = line(in);
    List<String> fields = new ArrayList<>();
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      fields.add(field);
    }
    Answer head = new Answer(Integer.parseInt(status.split(" ", 3)[1]), fields, "");
    return new Answer(head.status(), fields, new String(body(in, head), UTF_8));
  }

  private static byte[] body(InputStream in, Answer head) throws IOException {
    String length = head.field("Content-Length");
    if (length != null) {
      return in.readNBytes(Integer.parseInt(length));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if ("chunked".equalsIgnoreCase(head.field("Transfer-Encoding"))) {
      for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
        body.writeBytes(in.readNBytes(size));
        line(in);
      }
      line(in);
    }
    return body.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }

  private static @Nullable MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              ExtendedSSLSession.class,
              "exportKeyingMaterialData",
              MethodType.methodType(byte[].class, String.class, byte[].class, int.class));
    } catch (NoSuchMethodException | IllegalAccessException before25) {
      return null;
    }
  }

  private static byte[] export(SSLSession session) {
    MethodHandle export = EXPORT;
    if (export == null) {
      throw new UnsupportedOperationException("this JDK's TLS does not export; 25 does");
    }
    try {
      return (byte[])
          export.invokeExact(
              (ExtendedSSLSession) session, "EXPORTER-Token-Binding", (byte[]) null, 32);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable refused) {
      throw new IllegalStateException("nothing was exported", refused);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
