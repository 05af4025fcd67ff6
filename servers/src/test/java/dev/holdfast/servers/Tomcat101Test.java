package dev.holdfast.servers;

import java.io.IOException;
import java.nio.file.Path;

/** Tomcat 10.1 (Servlet 6.0). */
class Tomcat101Test extends ServerContract {
  @Override
  String distribution() {
    return "tomcat-10.1";
  }

  @Override
  RunningServer start(Path home, Path directory, KeyFiles keys) throws IOException {
    return Tomcat.start(home, directory, keys);
  }
}
