package dev.holdfast.tls;

import dev.holdfast.testing.Identity;
import java.net.URI;

/** A container that runs. */
record Served(int port, Stop stop, Reload reload) implements AutoCloseable {
  interface Stop {
    void stop() throws Exception;
  }

  interface Reload {
    /** New connections get this key and certificate. */
    void with(Identity fresh) throws Exception;
  }

  URI uri(String path) {
    return URI.create("https://localhost:" + port + path);
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
