package dev.holdfast.servers;

import java.io.IOException;
import java.nio.file.Path;

/** Open Liberty (Servlet 6.0). */
class OpenLibertyTest extends ServerContract {
  @Override
  String distribution() {
    return "open-liberty";
  }

  @Override
  RunningServer start(Path home, Path directory, KeyFiles keys) throws IOException {
    return OpenLiberty.start(home, directory, keys);
  }
}
