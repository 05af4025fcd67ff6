package dev.holdfast.internal.issuer;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an issuer or to a proxy before it. It reads each answer whole and strictly
 * ({@link AnswerHead}, {@link AnswerBody}), it is stale as soon as it brings a byte that nobody
 * asked for, and it writes nothing of what is said over it into a log. HttpClient's own connection
 * would, and its class is not public in 5.5, which Spring Boot 4.0 brings.
 */
final class IssuerConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {
  private static final int LONGEST_IDLE_SECONDS = 30;
  private static final byte[] NO_BODY = {};

  /** What is said over one connection. */
  private static final class Exchanged {
    @Nullable SessionInputBuffer buffer;
    @Nullable AnswerLines lines;
    @Nullable AnswerHead head;

    ClassicHttpResponse parse(SessionInputBuffer from, InputStream in) throws IOException {
      buffer = from;
      lines = new AnswerLines(from, in);
      head = AnswerHead.read(lines);
      BasicClassicHttpResponse response = new BasicClassicHttpResponse(head.status);
      for (String challenge : head.proxyChallenges) {
        response.addHeader(HttpHeaders.PROXY_AUTHENTICATE, challenge);
      }
      return response;
    }

    boolean isDrained() {
      return buffer == null || buffer.length() == 0;
    }
  }

  private final Exchanged exchanged;
  private final int maxBodyBytes;
  private volatile boolean closed;
  private boolean tunnelling;
  private @Nullable HttpAnswer answer;

  IssuerConnection(int maxBodyBytes) {
    this(new Exchanged(), maxBodyBytes);
  }

  private IssuerConnection(Exchanged exchanged, int maxBodyBytes) {
    super(null, null, null, null, null, null, config -> exchanged::parse);
    this.exchanged = exchanged;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
    tunnelling = Method.CONNECT.isSame(request.getMethod());
    exchanged.lines = null;
    exchanged.head = null;
    answer = null;
    super.sendRequestHeader(request);
  }

  /** What a proxy says about a tunnel that it does not open is not read. */
  @Override
  public void receiveResponseEntity(ClassicHttpResponse response) throws IOException {
    AnswerHead head = Objects.requireNonNull(exchanged.head);
    AnswerLines lines = Objects.requireNonNull(exchanged.lines);
    byte[] body = tunnelling ? NO_BODY : AnswerBody.read(head, lines, maxBodyBytes);
    answer = new HttpAnswer(head.status, head.mediaType, body);
    response.setEntity(new ByteArrayEntity(body, null));
  }

  /** Whether a byte of the answer to the latest request has come. */
  boolean hasAnswerBegun() {
    return exchanged.lines != null && exchanged.lines.hasBegun();
  }

  /** The whole answer to the latest request. */
  HttpAnswer answer() throws IOException {
    AnswerHead head = Objects.requireNonNull(exchanged.head);
    return answer != null ? answer : new HttpAnswer(head.status, head.mediaType, NO_BODY);
  }

  /**
   * How long it may be kept after this answer: not at all where what comes next could be taken for
   * the answer to the next request, and a second less than the server says, so that it is not the
   * server that ends it.
   */
  Duration keptFor() {
    AnswerHead head = Objects.requireNonNull(exchanged.head);
    return !head.isPersistent() || !exchanged.isDrained()
        ? Duration.ZERO
        : Duration.ofSeconds(
            Math.max(0, Math.min(LONGEST_IDLE_SECONDS, head.keepAliveSeconds - 1)));
  }

  /** Whether something came while nothing was asked: a farewell, or worse. */
  @Override
  public boolean isStale() {
    SocketHolder holder = getSocketHolder();
    try {
      return holder == null
          || !exchanged.isDrained()
          || holder.getInputStream().available() > 0
          || holder.getBaseSocket().getInputStream().available() > 0;
    } catch (IOException ended) {
      return true;
    }
  }

  /** Before TLS begins: what came in the clear must never be taken for what TLS protects. */
  void requireDrained() throws IOException {
    if (!exchanged.isDrained()) {
      throw new MalformedAnswerException("the proxy says more than that the tunnel is open");
    }
  }

  @Override
  public void bind(SSLSocket secured, Socket socket) throws IOException {
    bind(new SocketHolder(secured, socket));
  }

  /** A call that was ended from outside gets no socket any more. */
  @Override
  protected void bind(SocketHolder holder) throws IOException {
    super.bind(holder);
    if (closed) {
      close(CloseMode.IMMEDIATE);
      throw new ConnectionClosedException();
    }
  }

  @Override
  public @Nullable Socket getSocket() {
    SocketHolder holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  public void passivate() {
    // no timeout to take back: a deadline ends the call from outside
  }

  @Override
  public void activate() {
    // no timeout to set
  }

  @Override
  public void close(CloseMode mode) {
    closed = true;
    super.close(mode);
  }

  /** At once: a farewell could wait for the peer. */
  @Override
  public void close() {
    close(CloseMode.IMMEDIATE);
  }
}
