package dev.holdfast.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A server that watches a folder: what is put there is deployed, what is taken away is undeployed.
 */
record Folder(ServerProcess process, int port, Path applications) implements RunningServer {

  /** Waits for this text in the server's output, and ends the server if it never comes. */
  Folder whenItSays(String text) {
    try {
      process.await("the server says " + text, () -> process.output().contains(text));
      return this;
    } catch (RuntimeException late) {
      close();
      throw late;
    }
  }

  @Override
  public void deploy(String name, Path war) throws IOException {
    Path beside = applications.resolveSibling(name + ".war.part"); // half of a file is never seen
    Files.copy(war, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.move(beside, applications.resolve(name + ".war"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void undeploy(String name) throws IOException {
    Files.delete(applications.resolve(name + ".war"));
  }

  /** Copies a directory of a distribution, so that the distribution itself stays as it is. */
  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Changes a configuration file; what is to be replaced has to be there. */
  static void change(Path file, String... fromAndTo) throws IOException {
    String text = Files.readString(file);
    for (int i = 0; i < fromAndTo.length; i += 2) {
      if (!text.contains(fromAndTo[i])) {
        throw new IllegalStateException(file + " has no " + fromAndTo[i]);
      }
      text = text.replace(fromAndTo[i], fromAndTo[i + 1]);
    }
    Files.writeString(file, text);
  }
}
