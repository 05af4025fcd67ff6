package dev.holdfast.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes that come over one connection, buffered. */
final class ByteSource {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int end;

  ByteSource(InputStream in) {
    this.in = in;
  }

  /** Waits until there is a byte; false at the end. */
  boolean await() throws IOException {
    if (next < end) {
      return true;
    }
    next = 0;
    end = 0;
    int count = in.read(buffer, 0, buffer.length);
    end = Math.max(0, count);
    return count > 0;
  }

  /** The next byte, unsigned, or -1 at the end. */
  int read() throws IOException {
    return await() ? buffer[next++] & 0xff : -1;
  }

  /** Moves what is at hand, at most so many bytes; returns 0 at the end. */
  int moveTo(ByteArrayOutputStream sink, int most) throws IOException {
    if (!await()) {
      return 0;
    }
    int count = Math.min(most, end - next);
    sink.write(buffer, next, count);
    next += count;
    return count;
  }

  /** Whether nothing has come that was not read. */
  boolean isDrained() {
    return next == end;
  }
}
