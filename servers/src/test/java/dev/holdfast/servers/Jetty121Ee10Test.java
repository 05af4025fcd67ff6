package dev.holdfast.servers;

import java.io.IOException;
import java.nio.file.Path;

/** Jetty 12.1 with the environment of Jakarta EE 10 (Servlet 6.0). */
class Jetty121Ee10Test extends ServerContract {
  @Override
  String distribution() {
    return "jetty-12.1";
  }

  @Override
  RunningServer start(Path home, Path directory, KeyFiles keys) throws IOException {
    return Jetty.start(home, directory, keys, "ee10");
  }
}
