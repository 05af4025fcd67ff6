package dev.holdfast.internal.issuer.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.internal.issuer.HttpAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server sends: it is an answer within the limits, or refused as declared. */
class AnswerFuzzTest {

  static byte[][] seeds() {
    return new byte[][] {
      Replies.SPECIMEN.getBytes(ISO_8859_1),
      (Replies.OK + "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nX: y\r\n\r\n")
          .getBytes(ISO_8859_1),
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 500 \r\nKeep-Alive: timeout=5, max=9\r\n\r\nx"
          .getBytes(ISO_8859_1),
      (Replies.OK + "Connection: close, x\r\nContent-Encoding: gzip\r\n\r\n").getBytes(ISO_8859_1),
      (Replies.OK + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}").getBytes(ISO_8859_1),
      new byte[0],
    };
  }

  @MethodSource("seeds")
  @FuzzTest
  void anAnswerIsWithinTheLimitsOrRefused(byte[] input) {
    HttpAnswer answer;
    try {
      answer = Replies.read(new ByteArrayInputStream(input));
    } catch (MalformedAnswerException refused) {
      return; // declared
    } catch (IOException other) {
      throw new AssertionError("refused otherwise than declared", other);
    }
    if (answer.body().length > Replies.LIMIT || answer.status() < 200 || answer.status() > 999) {
      throw new AssertionError("an answer beyond the limits");
    }
  }
}
