package dev.holdfast.internal.http;

import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets of one client that are open, in use or idle, so that all can be ended at once. */
final class OpenSockets implements AutoCloseable {
  private final Set<DeadlineSocket> open = ConcurrentHashMap.newKeySet();
  private final Later later = new Later();
  private volatile boolean closed;

  /** The timer of all of them. */
  Later later() {
    return later;
  }

  void add(DeadlineSocket socket) throws SocketException {
    open.add(socket);
    if (closed) {
      open.remove(socket);
      throw new SocketException("closed");
    }
  }

  void remove(DeadlineSocket socket) {
    open.remove(socket);
  }

  int size() {
    return open.size();
  }

  @Override
  public void close() {
    closed = true;
    later.close();
    open.forEach(DeadlineSocket::end);
  }
}
