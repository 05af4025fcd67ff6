package dev.holdfast.tls;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What tests need beside the JDK. Without it they are skipped, and fail where it has to be. */
final class Installed {
  /** What brings all of it. */
  static final String PACKAGES =
      "apt-get install curl openssl nghttp2-client gcc libc6-dev libssl-dev";

  private static final String REQUIRED = "HOLDFAST_REQUIRE_TLS_PEERS";

  private Installed() {}

  static void orSkip(String program) {
    if (directories().stream().noneMatch(path -> Files.isExecutable(Path.of(path, program)))) {
      skip(program + " is not installed: " + PACKAGES);
    }
  }

  private static List<String> directories() {
    return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1));
  }

  static void skip(String reason) {
    if ("true".equals(System.getenv(REQUIRED))) {
      fail(reason + ", and " + REQUIRED + " is true");
    }
    abort(reason);
  }
}
