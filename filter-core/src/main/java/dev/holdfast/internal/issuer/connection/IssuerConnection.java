package dev.holdfast.internal.issuer.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an issuer or to a proxy before it. It hands over each answer whole and strictly
 * read ({@link AnswerLines}, {@link AnswerHead}), it is stale as soon as it brings a byte that
 * nobody asked for, and it writes nothing of what is said over it into a log. HttpClient's own
 * connection would, and its class is not public in 5.5, which Spring Boot 4.0 brings.
 */
final class IssuerConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {
  private static final byte[] NO_BODY = {};

  /** None of HttpCore's: {@link AnswerLines} has its own. */
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxHeaderCount(-1).setMaxLineLength(-1).build();

  private final AnswerLines lines;
  private final int maxBodyBytes;
  private volatile boolean closed;
  private boolean tunnelling;

  IssuerConnection(int maxBodyBytes) {
    this(new AnswerLines(maxBodyBytes), maxBodyBytes);
  }

  private IssuerConnection(AnswerLines lines, int maxBodyBytes) {
    super(LIMITS, null, null, null, null, null, config -> readerOf(lines));
    this.lines = lines;
    this.maxBodyBytes = maxBodyBytes;
  }

  private static DefaultHttpResponseParser readerOf(AnswerLines lines) {
    return new DefaultHttpResponseParser(LIMITS) {
      @Override
      public ClassicHttpResponse parse(SessionInputBuffer unused, InputStream in)
          throws IOException, HttpException {
        return super.parse(lines, in);
      }
    };
  }

  @Override
  public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
    tunnelling = Method.CONNECT.isSame(request.getMethod());
    lines.expectAnswer();
    super.sendRequestHeader(request);
  }

  @Override
  public ClassicHttpResponse receiveResponseHeader() throws IOException {
    try {
      ClassicHttpResponse answer = super.receiveResponseHeader();
      AnswerHead.check(answer, tunnelling ? Long.MAX_VALUE : maxBodyBytes);
      return answer;
    } catch (HttpException refused) {
      throw new MalformedAnswerException("the answer's head is malformed");
    }
  }

  /** What a proxy says about a tunnel that it does not open is not read. */
  @Override
  public void receiveResponseEntity(ClassicHttpResponse answer) throws HttpException, IOException {
    byte[] body = NO_BODY;
    if (!tunnelling) {
      super.receiveResponseEntity(answer);
      HttpEntity entity = answer.getEntity();
      long length = entity.getContentLength(); // within the limit, or less than 0
      body = entity.getContent().readNBytes(length < 0 ? maxBodyBytes + 1 : (int) length);
      if (body.length > maxBodyBytes) {
        throw MalformedAnswerException.tooLong(maxBodyBytes);
      }
    }
    answer.setEntity(new ByteArrayEntity(body, null));
  }

  @Override
  protected InputStream createContentInputStream(
      long length, SessionInputBuffer unused, InputStream in) {
    if (length == ContentLengthStrategy.UNDEFINED) {
      lines.expectEndOfConnection();
    }
    return super.createContentInputStream(length, lines, in);
  }

  /** Whether a byte of the answer to the latest request has come. */
  boolean hasAnswerBegun() {
    return lines.hasBegun();
  }

  /** Whether nothing can come now that could be taken for the answer to the next request. */
  boolean isDone(ClassicHttpResponse answer) {
    return HttpVersion.HTTP_1_1.equals(answer.getVersion())
        && AnswerHead.mayHaveBody(answer)
        && !lines.hasBufferedData();
  }

  /** Whether something came while nothing was asked: a farewell, or worse. */
  @Override
  public boolean isStale() {
    SocketHolder holder = getSocketHolder();
    try {
      return holder == null
          || lines.hasBufferedData()
          || holder.getInputStream().available() > 0
          || holder.getBaseSocket().getInputStream().available() > 0;
    } catch (IOException ended) {
      return true;
    }
  }

  /** Before TLS begins: what came in the clear must never be taken for what TLS protects. */
  void requireDrained() throws IOException {
    if (lines.hasBufferedData()) {
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
