package dev.holdfast.servers;

import java.io.IOException;
import java.nio.file.Path;

/** Tomcat 11 (Servlet 6.1). */
class Tomcat11Test extends ServerContract {
  @Override
  String distribution() {
    return "tomcat-11";
  }

  @Override
  RunningServer start(Path home, Path directory, KeyFiles keys) throws IOException {
    return Tomcat.start(home, directory, keys);
  }
}
