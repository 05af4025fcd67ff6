package dev.holdfast.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** One connection to an issuer. One exchange at a time has it. */
final class Connection {
  private static final Duration FAREWELL = Duration.ofMillis(100);
  private static final int LONGEST_IDLE_SECONDS = 30;

  private final DeadlineSocket wire;
  private final Socket socket;
  private final InputStream wireIn;
  private final InputStream in;
  private final OutputStream out;
  private final ByteSource source;
  private boolean used;
  private boolean reusable;
  private long idleUntil;

  /**
   * A connection that is ready.
   *
   * @param socket what HTTP is spoken over: the wire, or TLS on it
   */
  Connection(DeadlineSocket wire, Socket socket) throws IOException {
    this.wire = wire;
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.wireIn = wire.getInputStream();
    this.in = socket.getInputStream();
    this.source = new ByteSource(in);
  }

  /**
   * Sends the request and reads the answer.
   *
   * @throws StaleConnectionException when the connection was used before and has ended since,
   *     without a byte of an answer
   */
  HttpAnswer exchange(byte[] request, int maxBodyBytes, Deadline deadline) throws IOException {
    reusable = false;
    wire.until(deadline);
    send(request, deadline);
    ResponseReader reader = new ResponseReader(source);
    ResponseHead head = reader.head();
    byte[] body = reader.body(head, maxBodyBytes);
    // What comes unasked would be taken for the answer to the next request.
    reusable = head.isPersistent() && ResponseReader.isDelimited(head) && source.isDrained();
    used = true;
    // A second less than the server says, so that it is not the one to end it.
    int seconds = Math.min(LONGEST_IDLE_SECONDS, head.keepAliveSeconds() - 1);
    idleUntil = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    return new HttpAnswer(head.status(), head.mediaType(), body);
  }

  private void send(byte[] request, Deadline deadline) throws IOException {
    try {
      out.write(request, 0, request.length);
      out.flush();
      if (!source.await()) {
        throw new MalformedAnswerException("the connection ended without an answer");
      }
    } catch (SocketTimeoutException late) {
      throw late;
    } catch (IOException ended) {
      throw used && !deadline.isOver() ? new StaleConnectionException(ended) : ended;
    }
  }

  /** Whether another exchange may follow. */
  boolean isReusable(long nanoTime) {
    return reusable && idleUntil - nanoTime > 0;
  }

  /** Whether something came while nothing was asked: a farewell, or worse. */
  boolean hasUnaskedBytes() {
    try {
      return !source.isDrained() || in.available() > 0 || wireIn.available() > 0;
    } catch (IOException ended) {
      return true;
    }
  }

  /** Ends it; with TLS's own farewell (RFC 8446 section 6.1) where the last exchange was whole. */
  void close() {
    try {
      if (reusable && socket instanceof SSLSocket) {
        wire.until(Deadline.in(FAREWELL));
        socket.shutdownOutput();
      }
    } catch (IOException e) {
      // the peer is gone already
    }
    try {
      wire.close();
    } catch (IOException e) {
      // nothing is left to be done
    }
  }
}
