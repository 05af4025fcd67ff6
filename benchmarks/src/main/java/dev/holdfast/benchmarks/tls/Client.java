package dev.holdfast.benchmarks.tls;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's client, one connection at a time. It trusts whoever answers. */
final class Client implements AutoCloseable {
  private static final int CHUNK = 1 << 16;
  private static final byte[] ZEROS = new byte[CHUNK];

  private final SSLContext context;
  private final Workload.Suite suite;
  private final int port;
  private final byte[] buffer = new byte[CHUNK];

  private @Nullable SSLSocket socket;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private byte[] lastSession = new byte[0];
  private int connections;

  Client(Workload.Suite suite, int port) {
    this.context = trustful();
    this.suite = suite;
    this.port = port;
  }

  /**
   * Has this JVM's clients check ECDSA by Bouncy Castle, which is several times faster than JDK
   * 17's own provider, so that the client is not what is measured.
   *
   * @return undoes it
   */
  static Runnable hurry() {
    Provider fast = new FastSignatures();
    Security.insertProviderAt(fast, 1);
    return () -> Security.removeProvider(fast.getName());
  }

  /**
   * Has this JVM's clients ask for x25519, as most clients do, and for P-256, which the key has;
   * and resume TLS 1.2 by session ID. To be called before any TLS.
   */
  static void agreeOnDetails() {
    System.setProperty("jdk.tls.namedGroups", "x25519,secp256r1");
    System.setProperty("jdk.tls.client.enableSessionTicketExtension", "false");
  }

  static SSLContext trustful() {
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(null, new TrustManager[] {new Trustful()}, null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A connection with one request.
   *
   * @param again whether the session of the one before may be resumed
   * @return nanoseconds of the handshake, the TCP connection's not included
   */
  long connectOnce(boolean again) throws IOException {
    connections++;
    // a session belongs to a name
    long nanos = connect(again ? "localhost" : "localhost-" + connections);
    get(1);
    SSLSocket used = Objects.requireNonNull(socket);
    byte[] id = used.getSession().getId();
    if (suite.protocol().equals("TLSv1.2")
        && connections > 1
        && again != Arrays.equals(id, lastSession)) {
      throw new IllegalStateException("resumed, or not, against what was expected");
    }
    lastSession = id;
    close();
    return nanos;
  }

  private long connect(String name) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    plain.setTcpNoDelay(true);
    SSLSocket connected =
        (SSLSocket) context.getSocketFactory().createSocket(plain, name, port, true);
    connected.setEnabledProtocols(new String[] {suite.protocol()});
    connected.setEnabledCipherSuites(new String[] {suite.suiteName()});
    long begin = System.nanoTime();
    connected.startHandshake();
    long nanos = System.nanoTime() - begin;
    socket = connected;
    in = new BufferedInputStream(connected.getInputStream(), 1 << 14);
    out = connected.getOutputStream();
    return nanos;
  }

  /** Gets so many bytes, on the connection that there is; nanoseconds. */
  long get(int bytes) throws IOException {
    requireConnection();
    long begin = System.nanoTime();
    send("GET /?" + bytes + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    int length = readHead();
    if (length != bytes) {
      throw new IOException("an answer of " + length);
    }
    skip(length);
    return System.nanoTime() - begin;
  }

  /** Sends so many bytes and has the server count them; nanoseconds. */
  long post(int bytes) throws IOException {
    requireConnection();
    long begin = System.nanoTime();
    send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes + "\r\n\r\n");
    OutputStream to = Objects.requireNonNull(out);
    for (int left = bytes; left > 0; left -= Math.min(left, CHUNK)) {
      to.write(ZEROS, 0, Math.min(left, CHUNK));
    }
    int length = readHead();
    InputStream from = Objects.requireNonNull(in);
    String counted = new String(from.readNBytes(length), StandardCharsets.US_ASCII);
    if (Integer.parseInt(counted) != bytes) {
      throw new IOException("the server counted " + counted);
    }
    return System.nanoTime() - begin;
  }

  private void requireConnection() throws IOException {
    if (socket == null) {
      connect("localhost");
    }
  }

  private void send(String head) throws IOException {
    Objects.requireNonNull(out).write(head.getBytes(StandardCharsets.US_ASCII));
  }

  /** The length of the answer. */
  private int readHead() throws IOException {
    String status = readLine();
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    int length = -1;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).trim());
      }
    }
    return length;
  }

  private String readLine() throws IOException {
    InputStream from = Objects.requireNonNull(in);
    int used = 0;
    for (int next = from.read(); next != '\n'; next = from.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      buffer[used++] = (byte) next;
    }
    return new String(buffer, 0, Math.max(0, used - 1), StandardCharsets.US_ASCII);
  }

  private void skip(int bytes) throws IOException {
    InputStream from = Objects.requireNonNull(in);
    for (int left = bytes; left > 0; ) {
      int read = from.read(buffer, 0, Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException();
      }
      left -= read;
    }
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  private static final class FastSignatures extends Provider {
    private static final long serialVersionUID = 1L;

    FastSignatures() {
      super("FastSignatures", "1.0", "ECDSA for the benchmarks' client");
      put(
          "Signature.SHA256withECDSA",
          "org.bouncycastle.jcajce.provider.asymmetric.ec.SignatureSpi$ecDSA256");
    }
  }

  private static final class Trustful extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
