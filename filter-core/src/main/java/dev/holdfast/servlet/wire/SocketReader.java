package dev.holdfast.servlet.wire;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/** How one class of requests leads to its socket. */
@FunctionalInterface
interface SocketReader {
  /** A literal, a socket's address, or null; it never throws. */
  @Nullable Object addressOf(ServletRequest wire);
}
