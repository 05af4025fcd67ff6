package dev.holdfast.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;

/**
 * The lines of one answer's head, its interim heads and its trailers included: each ends with CR LF
 * and holds neither alone, nor any other control character but HTAB; all together have a limit.
 */
final class HeadLines {
  static final int MAX_BYTES = 32 * 1024;
  private static final int USUAL_LINE = 128;
  private static final int DELETE = 0x7f;

  private final ByteSource source;
  private int left = MAX_BYTES;
  private byte[] line = new byte[USUAL_LINE];

  HeadLines(ByteSource source) {
    this.source = source;
  }

  /** The next line, without its end. */
  String next() throws IOException {
    int length = 0;
    for (int read = source.read(); read != '\r'; read = source.read()) {
      if (read < 0) {
        throw new MalformedAnswerException("the answer ends early");
      }
      if ((read < ' ' && read != '\t') || read == DELETE) {
        throw new MalformedAnswerException("a control character in the answer's head");
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) read;
      spend(1);
    }
    if (source.read() != '\n') {
      throw new MalformedAnswerException("a CR without LF in the answer's head");
    }
    spend(2);
    return new String(line, 0, length, ISO_8859_1);
  }

  private void spend(int bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new MalformedAnswerException(
          "the answer's head is longer than " + MAX_BYTES + " bytes");
    }
  }
}
