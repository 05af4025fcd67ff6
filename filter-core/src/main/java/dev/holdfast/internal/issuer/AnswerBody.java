package dev.holdfast.internal.issuer;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of one answer (RFC 9112 section 6), read strictly and within a limit. What two readers
 * could understand differently is refused, since the next answer on the connection may be about
 * another token.
 */
final class AnswerBody {
  private static final int USUAL_BODY = 1024;

  /** RFC 9112 section 7.1; blanks before an extension are lawful (section 7.1.1). */
  private static final Pattern CHUNK_SIZE = Pattern.compile("(?s)([0-9A-Fa-f]{1,8})([ \\t]*;.*)?");

  private final AnswerLines lines;
  private final int limit;
  private byte[] bytes = {};
  private int length;

  private AnswerBody(AnswerLines lines, int limit) {
    this.lines = lines;
    this.limit = limit;
  }

  /**
   * Reads it.
   *
   * @param limit a longer one is refused, where its length is announced before it is read
   */
  static byte[] read(AnswerHead head, AnswerLines lines, int limit) throws IOException {
    AnswerBody body = new AnswerBody(lines, limit);
    if (head.isBodiless()) {
      return body.bytes;
    }
    if (head.chunked) {
      body.readChunks();
    } else if (head.contentLength >= 0) {
      body.readFully(head.contentLength);
    } else {
      body.readUntilTheEnd();
    }
    return body.length == body.bytes.length ? body.bytes : Arrays.copyOf(body.bytes, body.length);
  }

  private void requireWithinLimit(long whole) throws IOException {
    if (whole > limit) {
      throw new MalformedAnswerException("the body is longer than " + limit + " bytes");
    }
  }

  private void readFully(long count) throws IOException {
    requireWithinLimit(length + count);
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * length, length + (int) count));
    }
    lines.readFully(bytes, length, (int) count);
    length += (int) count;
  }

  private void readUntilTheEnd() throws IOException {
    bytes = new byte[USUAL_BODY];
    for (int count = lines.readSome(bytes, 0); count >= 0; count = lines.readSome(bytes, length)) {
      length += count;
      requireWithinLimit(length);
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
    }
  }

  /** Extensions and trailers count against the limit of the head, and mean nothing here. */
  private void readChunks() throws IOException {
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      readFully(size);
      String end = lines.next();
      if (!end.isEmpty()) {
        throw new MalformedAnswerException("a chunk of the body has not the size it says");
      }
      lines.refund(end);
    }
    AnswerLines.Field trailer = lines.field();
    while (trailer != null) {
      trailer = lines.field();
    }
  }

  private int chunkSize() throws IOException {
    String line = lines.next();
    Matcher size = CHUNK_SIZE.matcher(line);
    if (!size.matches()) {
      throw new MalformedAnswerException("a chunk size is malformed");
    }
    if (size.group(2) == null) {
      lines.refund(line);
    }
    long value = Long.parseLong(size.group(1), 16);
    requireWithinLimit(length + value);
    return (int) value;
  }
}
