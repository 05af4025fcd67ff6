package dev.holdfast.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
    return Http1.exchange(
        socket.getInputStream(),
        socket.getOutputStream(),
        socket.getSession().getPeerHost() + ":" + socket.getPort(),
        new Http1.Request(method, target, fields, body));
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
