package dev.holdfast.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Reads one answer (RFC 9112), strictly and within limits: what two readers could understand
 * differently is refused, since the next answer on the connection may be about another token.
 */
final class ResponseReader {
  private static final int MAX_INTERIM = 8;
  private static final int FIRST_FINAL = 200;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int MAX_SIZE_DIGITS = 8;
  private static final int USUAL_BODY = 1024;

  private final ByteSource source;
  private final HeadLines lines;

  ResponseReader(ByteSource source) {
    this.source = source;
    this.lines = new HeadLines(source);
  }

  /** The head of the final answer. Interim ones are passed over (RFC 9110 section 15.2). */
  ResponseHead head() throws IOException {
    for (int i = 0; i <= MAX_INTERIM; i++) {
      ResponseHead head = ResponseHead.read(lines);
      if (head.status() >= FIRST_FINAL) {
        return head;
      }
      if (head.status() == SWITCHING_PROTOCOLS) {
        throw new MalformedAnswerException("the answer switches protocols");
      }
    }
    throw new MalformedAnswerException("more than " + MAX_INTERIM + " interim answers");
  }

  /**
   * Whether the end of the body is known before the connection ends, so that another may follow.
   */
  static boolean isDelimited(ResponseHead head) {
    return !isBodiless(head) && (head.isChunked() || head.contentLength() >= 0);
  }

  private static boolean isBodiless(ResponseHead head) {
    return head.status() == NO_CONTENT || head.status() == NOT_MODIFIED;
  }

  /**
   * The body (RFC 9112 section 6.3).
   *
   * @param limit a longer one is refused, where its length is announced before it is read
   */
  byte[] body(ResponseHead head, int limit) throws IOException {
    if (isBodiless(head)) {
      return new byte[0];
    }
    if (head.isChunked()) {
      return chunked(limit);
    }
    if (head.contentLength() >= 0) {
      requireWithin(limit, head.contentLength());
      ByteArrayOutputStream body = new ByteArrayOutputStream((int) head.contentLength());
      readInto(body, (int) head.contentLength());
      return body.toByteArray();
    }
    return untilTheEnd(limit);
  }

  private static void requireWithin(int limit, long length) throws IOException {
    if (length > limit) {
      throw new MalformedAnswerException("the body is longer than " + limit + " bytes");
    }
  }

  private void readInto(ByteArrayOutputStream body, int length) throws IOException {
    for (int left = length; left > 0; ) {
      int moved = source.moveTo(body, left);
      if (moved == 0) {
        throw new MalformedAnswerException("the answer ends early");
      }
      left -= moved;
    }
  }

  private byte[] untilTheEnd(int limit) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_BODY);
    while (source.moveTo(body, Integer.MAX_VALUE) > 0) {
      requireWithin(limit, body.size());
    }
    return body.toByteArray();
  }

  /** RFC 9112 section 7.1. Extensions and trailers count against the head's limit. */
  private byte[] chunked(int limit) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_BODY);
    for (long size = chunkSize(); size > 0; size = chunkSize()) {
      requireWithin(limit, body.size() + size);
      readInto(body, (int) size);
      if (source.read() != '\r' || source.read() != '\n') {
        throw new MalformedAnswerException("a chunk of the body has not the size it says");
      }
    }
    FieldLine trailer = FieldLine.read(lines);
    while (trailer != null) {
      trailer = FieldLine.read(lines); // a trailer means nothing here
    }
    return body.toByteArray();
  }

  private long chunkSize() throws IOException {
    long size = 0;
    int digits = 0;
    int read = source.read();
    for (int digit = hex(read); digit >= 0; digit = hex(read)) {
      size = size * 16 + digit;
      digits++;
      if (digits > MAX_SIZE_DIGITS) {
        throw new MalformedAnswerException("a chunk size is malformed");
      }
      read = source.read();
    }
    if (digits > 0 && read == ';') {
      lines.next();
    } else if (digits == 0 || read != '\r' || source.read() != '\n') {
      throw new MalformedAnswerException("a chunk size is malformed");
    }
    return size;
  }

  private static int hex(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}
