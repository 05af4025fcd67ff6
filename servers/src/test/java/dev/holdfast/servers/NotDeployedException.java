package dev.holdfast.servers;

import java.io.IOException;

/** The server has refused an application. */
final class NotDeployedException extends IOException {
  private static final long serialVersionUID = 1L;

  NotDeployedException(String answer) {
    super(answer);
  }
}
