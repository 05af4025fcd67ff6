package dev.holdfast.internal.issuer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/** Answers as bytes, and how a reader takes them. */
final class Replies {
  static final int LIMIT = 100;
  private static final int BUFFER_BYTES = 8 * 1024;
  static final String OK = "HTTP/1.1 200 OK\r\n";
  static final String JSON = "Content-Type: application/json\r\n";

  /** The one specimen that the mutations start from: two bytes of JSON with their length. */
  static final String SPECIMEN = OK + JSON + "Content-Length: 2\r\n\r\n{}";

  private Replies() {}

  static HttpAnswer read(String reply) throws IOException {
    return read(new ByteArrayInputStream(reply.getBytes(ISO_8859_1)));
  }

  static HttpAnswer read(InputStream in) throws IOException {
    AnswerLines lines = new AnswerLines(new SessionInputBufferImpl(BUFFER_BYTES), in);
    AnswerHead head = AnswerHead.read(lines);
    return new HttpAnswer(head.status, head.mediaType, AnswerBody.read(head, lines, LIMIT));
  }

  static String bodyOf(String reply) throws IOException {
    return new String(read(reply).body(), ISO_8859_1);
  }

  /** With this line more, and two bytes of content. */
  static String withField(String line) {
    return OK + line + "\r\nContent-Length: 2\r\n\r\n{}";
  }

  static void assertRefused(String reply, String rule) {
    assertThatThrownBy(() -> read(reply))
        .isInstanceOf(MalformedAnswerException.class)
        .hasMessageContaining(rule);
  }
}
