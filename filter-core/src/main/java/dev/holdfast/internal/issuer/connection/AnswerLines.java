package dev.holdfast.internal.issuer.connection;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * The bytes of answers, as HttpCore's readers get them. HttpCore takes more than RFC 9112 allows,
 * so each line is held to the grammar before it is handed over: status line, fields, chunk sizes,
 * the ends of chunks, trailers. It ends with CR LF and holds neither alone, nor any other control
 * character but HTAB. All lines of an answer together have a limit, and so have its chunks.
 */
final class AnswerLines extends SessionInputBufferImpl {
  static final int MAX_BYTES = 32 * 1024;
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int MAX_INTERIM = 8;
  private static final int MAX_FIELDS = 100;
  private static final int DELETE = 0x7f;
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] [1-9][0-9]{2} ");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:");

  /** RFC 9112 section 7.1; blanks before an extension are lawful (section 7.1.1). */
  private static final Pattern CHUNK_SIZE = Pattern.compile("(?s)([0-9A-Fa-f]{1,8})([ \\t]*;.*)?");

  /** What the next line has to be. */
  private enum Next {
    STATUS_LINE,
    FIELD,
    CHUNK_SIZE,
    CHUNK_END,
    TRAILER
  }

  private final int maxBodyBytes;
  private final Matcher statusLine = STATUS_LINE.matcher("");
  private final Matcher name = NAME.matcher("");
  private Next next = Next.STATUS_LINE;
  private boolean begun;
  private boolean endsWithConnection;
  private int left;
  private int fields;
  private int interim;
  private long chunkBytes;

  AnswerLines(int maxBodyBytes) {
    super(BUFFER_BYTES);
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Before a request is sent: what comes next is the answer to it. */
  void expectAnswer() {
    next = Next.STATUS_LINE;
    begun = false;
    endsWithConnection = false;
    left = MAX_BYTES;
    fields = 0;
    interim = 0;
    chunkBytes = 0;
  }

  /** The body is as long as the connection lives. */
  void expectEndOfConnection() {
    endsWithConnection = true;
  }

  /** Whether a byte of the answer has come. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public int readLine(CharArrayBuffer line, InputStream in) throws IOException {
    for (int read = next(in); read != '\r'; read = next(in)) {
      if ((read < ' ' && read != '\t') || read == DELETE) {
        throw new MalformedAnswerException("a control character in the answer's head");
      }
      spend(1);
      line.append((char) read);
    }
    if (next(in) != '\n') {
      throw new MalformedAnswerException("a CR without LF in the answer's head");
    }
    spend(2);
    take(line);
    return line.length();
  }

  private int next(InputStream in) throws IOException {
    int read = read(in);
    if (read < 0) {
      throw new MalformedAnswerException(
          begun ? "the answer ends early" : "the connection ended without an answer");
    }
    begun = true;
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length, InputStream in) throws IOException {
    int count = super.read(into, offset, length, in);
    if (count < 0 && !endsWithConnection) {
      throw new MalformedAnswerException("the answer ends early");
    }
    return count;
  }

  private void spend(int bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new MalformedAnswerException(
          "the answer's head is longer than " + MAX_BYTES + " bytes");
    }
  }

  private void take(CharArrayBuffer line) throws IOException {
    switch (next) {
      case STATUS_LINE -> takeStatusLine(line);
      case FIELD, TRAILER -> takeField(line);
      case CHUNK_SIZE -> takeChunkSize(line);
      case CHUNK_END -> {
        if (!line.isEmpty()) {
          throw new MalformedAnswerException("a chunk of the body has not the size it says");
        }
        spend(-2); // what frames a chunk does not count: the body has its own limit
        next = Next.CHUNK_SIZE;
      }
    }
  }

  private void takeStatusLine(CharArrayBuffer line) throws IOException {
    if (!statusLine.reset(line).lookingAt()) {
      throw new MalformedAnswerException("the answer's status line is malformed");
    }
    fields = 0;
    next = Next.FIELD;
    if (line.charAt(STATUS_AT) != '1') {
      interim = 0;
    } else if (line.substring(STATUS_AT, STATUS_AT + 3).equals("101")) {
      throw new MalformedAnswerException("the answer switches protocols");
    } else if (++interim > MAX_INTERIM) {
      throw new MalformedAnswerException("more than " + MAX_INTERIM + " interim answers");
    }
  }

  /** A line that continues the one before is refused (RFC 9112 section 5.2). */
  private void takeField(CharArrayBuffer line) throws IOException {
    if (line.isEmpty()) {
      next = interim > 0 ? Next.STATUS_LINE : Next.CHUNK_SIZE;
    } else if (!name.reset(line).lookingAt()) {
      throw new MalformedAnswerException("a field of the answer has a malformed name");
    } else if (next == Next.FIELD && ++fields > MAX_FIELDS) {
      throw new MalformedAnswerException("the answer has more than " + MAX_FIELDS + " fields");
    }
  }

  private void takeChunkSize(CharArrayBuffer line) throws IOException {
    Matcher size = CHUNK_SIZE.matcher(line);
    if (!size.matches()) {
      throw new MalformedAnswerException("a chunk size is malformed");
    }
    if (size.group(2) == null) {
      spend(-line.length() - 2);
    }
    long bytes = Long.parseLong(size.group(1), 16);
    chunkBytes += bytes;
    if (chunkBytes > maxBodyBytes) {
      throw MalformedAnswerException.tooLong(maxBodyBytes);
    }
    next = bytes == 0 ? Next.TRAILER : Next.CHUNK_END;
  }
}
