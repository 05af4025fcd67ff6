package dev.holdfast.servlet;

import dev.holdfast.testing.contract.Server;
import java.util.function.IntSupplier;

/**
 * What the three containers have in common once they run.
 *
 * @param port with TLS
 * @param plainPort without
 */
record StartedServer(int port, int plainPort, IntSupplier counter, Stop stop) implements Server {
  interface Stop {
    void stop() throws Exception;
  }

  @Override
  public int reached() {
    return counter.getAsInt();
  }

  @Override
  public void close() {
    try {
      stop.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }
}
