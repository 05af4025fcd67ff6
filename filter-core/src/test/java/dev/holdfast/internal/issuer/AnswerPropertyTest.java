package dev.holdfast.internal.issuer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.issuer.connection.Replies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However the bytes come and wherever they are spoilt. */
class AnswerPropertyTest {
  private static final List<String> SPECIMENS =
      List.of(
          Replies.SPECIMEN,
          "HTTP/1.1 100 Continue\r\n\r\n" + Replies.SPECIMEN,
          Replies.OK
              + Replies.JSON
              + "Transfer-Encoding: chunked\r\n\r\n1;a=b\r\n{\r\n1\r\n}\r\n"
              + "0\r\nX: y\r\n\r\n",
          Replies.OK + Replies.JSON + "\r\n{}");

  /** Hands out a few bytes at a time, as a network does. */
  private static final class InPieces extends InputStream {
    private final InputStream whole;
    private final Random lengths;

    InPieces(byte[] bytes, long seed) {
      this.whole = new ByteArrayInputStream(bytes);
      this.lengths = new Random(seed);
    }

    @Override
    public int read() throws IOException {
      return whole.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return whole.read(into, offset, Math.min(length, 1 + lengths.nextInt(4)));
    }
  }

  private static String outcome(InputStream in) {
    try {
      HttpAnswer answer = Replies.read(in);
      return answer.status() + answer.mediaType() + Arrays.toString(answer.body());
    } catch (IOException refused) {
      return refused.getMessage();
    }
  }

  @Property
  void anySplitOfTheBytesGivesTheSameAnswer(
      @ForAll @IntRange(max = 3) int specimen, @ForAll long seed) {
    byte[] bytes = SPECIMENS.get(specimen).getBytes(ISO_8859_1);
    assertThat(outcome(new InPieces(bytes, seed)))
        .isEqualTo("200application/json[123, 125]")
        .isEqualTo(outcome(new ByteArrayInputStream(bytes)));
  }

  @Property
  void anySplitOfSpoiltBytesGivesTheSameOutcome(
      @ForAll @IntRange(max = 3) int specimen,
      @ForAll int position,
      @ForAll byte spoilt,
      @ForAll long seed) {
    byte[] bytes = SPECIMENS.get(specimen).getBytes(ISO_8859_1);
    bytes[Math.floorMod(position, bytes.length)] = spoilt;
    assertThat(outcome(new InPieces(bytes, seed)))
        .isEqualTo(outcome(new ByteArrayInputStream(bytes)));
  }

  @Property
  void anyBodyInAnyChunksIsReadBack(
      @ForAll @Size(max = Replies.LIMIT) byte[] body, @ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder reply = new StringBuilder(Replies.OK + "Transfer-Encoding: chunked\r\n\r\n");
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, 1 + random.nextInt(30));
      reply.append(Integer.toHexString(size)).append("\r\n");
      reply.append(new String(body, at, size, ISO_8859_1)).append("\r\n");
      at += size;
    }
    byte[] bytes = reply.append("0\r\n\r\n").toString().getBytes(ISO_8859_1);
    assertThat(outcome(new InPieces(bytes, seed))).isEqualTo("200" + Arrays.toString(body));
  }

  @Property
  void anAnswerThatSaysItsLengthIsReadWholeOrNotAtAll(
      @ForAll @IntRange(max = 2) int specimen, @ForAll int length) {
    byte[] bytes = SPECIMENS.get(specimen).getBytes(ISO_8859_1);
    byte[] cut = Arrays.copyOf(bytes, Math.floorMod(length, bytes.length));
    assertThat(outcome(new ByteArrayInputStream(cut))).doesNotStartWith("200");
  }
}
