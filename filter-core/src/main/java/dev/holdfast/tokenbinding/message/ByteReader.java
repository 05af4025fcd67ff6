package dev.holdfast.tokenbinding.message;

import java.util.Arrays;

/** Reads a range of bytes from its start to its end and never beyond (RFC 8446 section 3). */
final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ByteReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  boolean hasMore() {
    return position < end;
  }

  int remaining() {
    return end - position;
  }

  int position() {
    return position;
  }

  int u8() throws RefusedTokenBindingException {
    need(1);
    return bytes[position++] & 0xff;
  }

  int u16() throws RefusedTokenBindingException {
    return u8() << 8 | u8();
  }

  /** The next bytes, copied. */
  byte[] take(int length) throws RefusedTokenBindingException {
    need(length);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /** The next bytes, as a range of their own. */
  ByteReader range(int length) throws RefusedTokenBindingException {
    need(length);
    position += length;
    return new ByteReader(bytes, position - length, position);
  }

  /** What was read since {@code start}, copied. */
  byte[] since(int start) {
    return Arrays.copyOfRange(bytes, start, position);
  }

  private void need(int length) throws RefusedTokenBindingException {
    if (length > end - position) {
      throw new RefusedTokenBindingException("a length goes beyond the end");
    }
  }
}
