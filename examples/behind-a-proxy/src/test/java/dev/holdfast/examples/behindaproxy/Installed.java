package dev.holdfast.examples.behindaproxy;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** Whether a proxy is there to be tested. */
final class Installed {

  private static final String REQUIRED = "HOLDFAST_REQUIRE_PROXIES";

  private Installed() {}

  /** Skips the tests where the proxy is not installed; fails them where it has to be. */
  static void orSkip(Product product) {
    if (product.binary().isEmpty()) {
      String missing = product.title() + " is not installed";
      if ("true".equals(System.getenv(REQUIRED))) {
        fail(missing + ", and " + REQUIRED + " is true");
      }
      abort(missing + ": apt-get install nginx apache2 haproxy caddy");
    }
  }
}
