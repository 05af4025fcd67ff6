package dev.holdfast.internal.issuer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one answer. Its lines (those of the head, of interim heads, of chunk sizes and of
 * trailers) each end with CR LF and hold neither alone, nor any other control character but HTAB.
 * All lines together have a limit.
 */
final class AnswerLines {
  static final int MAX_BYTES = 32 * 1024;
  private static final int USUAL_LINE = 128;
  private static final int DELETE = 0x7f;
  private static final BitSet TOKEN = new BitSet();

  static {
    "!#$%&'*+-.^_`|~0123456789".chars().forEach(TOKEN::set);
    TOKEN.set('A', 'Z' + 1);
    TOKEN.set('a', 'z' + 1);
  }

  /**
   * One field (RFC 9112 section 5).
   *
   * @param name as it was sent
   * @param value without the white space around it
   */
  record Field(String name, String value) {}

  private final SessionInputBuffer buffer;
  private final InputStream in;
  private int left = MAX_BYTES;
  private byte[] line = new byte[USUAL_LINE];
  private boolean begun;

  AnswerLines(SessionInputBuffer buffer, InputStream in) {
    this.buffer = buffer;
    this.in = in;
  }

  /** Whether a byte has come. */
  boolean hasBegun() {
    return begun;
  }

  private int read() throws IOException {
    int read = buffer.read(in);
    if (read < 0) {
      throw new MalformedAnswerException(
          begun ? "the answer ends early" : "the connection ended without an answer");
    }
    begun = true;
    return read;
  }

  /** The next line, without its end. */
  String next() throws IOException {
    int length = 0;
    for (int read = read(); read != '\r'; read = read()) {
      if ((read < ' ' && read != '\t') || read == DELETE) {
        throw new MalformedAnswerException("a control character in the answer's head");
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) read;
      spend(1);
    }
    if (read() != '\n') {
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

  /**
   * The next field, or null after the last one: a token, a colon right after it, a value. A line
   * that continues the one before is refused (RFC 9112 section 5.2).
   */
  @Nullable Field field() throws IOException {
    String text = next();
    if (text.isEmpty()) {
      return null;
    }
    int colon = text.indexOf(':');
    if (colon < 1 || !isToken(text, colon)) {
      throw new MalformedAnswerException("a field of the answer has a malformed name");
    }
    return new Field(text.substring(0, colon), text.substring(colon + 1).trim());
  }

  private static boolean isToken(String line, int length) {
    for (int i = 0; i < length; i++) {
      if (!TOKEN.get(line.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Takes back what was counted for a line that frames a chunk: the body has its own limit. */
  void refund(String framing) {
    left += framing.length() + 2;
  }

  /** Reads so many bytes of the body. */
  void readFully(byte[] into, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int count = buffer.read(into, offset + done, length - done, in);
      if (count < 0) {
        throw new MalformedAnswerException("the answer ends early");
      }
      done += count;
    }
  }

  /** Reads what is at hand of a body that ends with the connection; less than 0 at its end. */
  int readSome(byte[] into, int offset) throws IOException {
    return buffer.read(into, offset, into.length - offset, in);
  }
}
