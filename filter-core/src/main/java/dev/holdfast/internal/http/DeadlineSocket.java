package dev.holdfast.internal.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Future;

/**
 * A socket whose every read and write ends at a deadline. It lies beneath TLS, so that a peer that
 * sends a handshake or a record byte by byte gains no time: a timeout set on the TLS socket would
 * start anew with each byte.
 */
final class DeadlineSocket extends Socket {
  /**
   * So much fits in any empty send buffer, which it is, as the peer has answered what was sent
   * before. A write cannot be given a timeout; where it might block, a watch closes the socket.
   */
  static final int FITS_SEND_BUFFER = 4 * 1024;

  private final OpenSockets open;
  private Deadline deadline;
  private int unanswered;

  /**
   * A socket, not connected.
   *
   * @param route {@link Proxy#NO_PROXY} or a SOCKS proxy; never left to the system's choice
   * @param open where it is listed until it is closed
   * @throws SocketException when no more sockets are opened
   */
  DeadlineSocket(Proxy route, Deadline deadline, OpenSockets open) throws SocketException {
    super(route);
    this.deadline = deadline;
    this.open = open;
    open.add(this);
  }

  @Override
  public synchronized void close() throws IOException {
    open.remove(this);
    super.close();
  }

  /** From now on this deadline counts. Only the one who has the connection calls it. */
  void until(Deadline next) {
    this.deadline = next;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Incoming(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Outgoing(super.getOutputStream());
  }

  private final class Incoming extends FilterInputStream {
    Incoming(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      setSoTimeout(deadline.millisLeft());
      int count = in.read(into, offset, length);
      unanswered = 0;
      return count;
    }
  }

  private final class Outgoing extends FilterOutputStream {
    Outgoing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      int millis = deadline.millisLeft();
      unanswered = Math.min(FITS_SEND_BUFFER, unanswered) + Math.min(FITS_SEND_BUFFER + 1, length);
      if (unanswered <= FITS_SEND_BUFFER) {
        out.write(from, offset, length);
      } else {
        writeWatched(from, offset, length, millis);
      }
    }

    private void writeWatched(byte[] from, int offset, int length, int millis) throws IOException {
      Future<?> end = open.later().after(Duration.ofMillis(millis), DeadlineSocket.this::end);
      try {
        out.write(from, offset, length);
      } finally {
        end.cancel(false);
      }
    }
  }

  /** Closes it from outside: whoever reads or writes is thrown out. */
  void end() {
    try {
      close();
    } catch (IOException e) {
      // it is of no use any more in either case
    }
  }
}
