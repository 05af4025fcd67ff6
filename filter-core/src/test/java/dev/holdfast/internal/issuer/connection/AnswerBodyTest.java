package dev.holdfast.internal.issuer.connection;

import static dev.holdfast.internal.issuer.connection.Replies.LIMIT;
import static dev.holdfast.internal.issuer.connection.Replies.OK;
import static dev.holdfast.internal.issuer.connection.Replies.SPECIMEN;
import static dev.holdfast.internal.issuer.connection.Replies.assertRefused;
import static dev.holdfast.internal.issuer.connection.Replies.bodyOf;
import static dev.holdfast.internal.issuer.connection.Replies.read;
import static dev.holdfast.internal.issuer.connection.Replies.withField;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an answer is: each form that is refused is one mutation away from one that is read. */
class AnswerBodyTest {
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  @ParameterizedTest
  @ValueSource(strings = {"2", "02", "000000000000000002", " 2 "})
  void aContentLengthOfDigitsIsRead(String length) throws IOException {
    assertThat(bodyOf(OK + "Content-Length: " + length + "\r\n\r\n{}")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-2",
        "+2",
        "2.0",
        "2, 2",
        "2,",
        "0x2",
        "2 2",
        "two",
        "\u00b2",
        "1e1",
        "9999999999999999999",
        "18446744073709551618"
      })
  void anyOtherContentLengthIsRefused(String length) {
    assertRefused(OK + "Content-Length: " + length + "\r\n\r\n{}", "content length is malformed");
  }

  @Test
  void twoContentLengthsAreReadWhenTheyAgreeAndRefusedWhenNot_C85() throws IOException {
    assertThat(bodyOf(withField("content-LENGTH: 2"))).isEqualTo("{}");
    assertRefused(withField("content-LENGTH: 3"), "two content lengths");
    assertRefused(withField("content-LENGTH: 2\r\nContent-Length: 1"), "two content lengths");
  }

  @Test
  void theBodyIsAsLongAsTheLimitAllowsAndNotAByteLonger_T77() throws IOException {
    for (String framing : new String[] {"Content-Length: %d\r\n\r\n%s", "\r\n%2$s"}) {
      String whole = OK + framing.formatted(LIMIT, "x".repeat(LIMIT));
      assertThat(bodyOf(whole)).hasSize(LIMIT);
      String longer = OK + framing.formatted(LIMIT + 1, "x".repeat(LIMIT + 1));
      assertRefused(longer, "the body is longer than 100 bytes");
    }
    assertThat(bodyOf(CHUNKED + "64\r\n" + "x".repeat(LIMIT) + "\r\n0\r\n\r\n")).hasSize(LIMIT);
    assertRefused(CHUNKED + "65\r\n", "the body is longer than 100 bytes");
    assertRefused(CHUNKED + "32\r\n" + "x".repeat(50) + "\r\n33\r\n", "the body is longer");
    assertRefused(CHUNKED + "ffffffff\r\n", "the body is longer than 100 bytes");
  }

  @Test
  void aLongerBodyIsRefusedBeforeItIsRead_T77() {
    assertRefused(OK + "Content-Length: 999999999999999999\r\n\r\n", "longer than 100 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: y",
        "HTTP/1.1 100 Continue\r\n\r\n"
      })
  void anAnswerThatEndsEarlyIsRefused(String reply) {
    assertRefused(reply, "ends early");
  }

  @Test
  void aTransferCodingTogetherWithAContentLengthIsRefused() throws IOException {
    String body = "\r\n2\r\n{}\r\n0\r\n\r\n";
    assertThat(bodyOf(OK + "Transfer-Encoding: Chunked\r\n" + body)).isEqualTo("{}");
    String both = "both a transfer coding and a content length";
    assertRefused(OK + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n" + body, both);
    assertRefused(OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n" + body, both);
  }

  @Test
  void aTransferCodingInAnHttp10AnswerIsRefused() {
    assertRefused(CHUNKED.replace("1.1", "1.0") + "0\r\n\r\n", "HTTP/1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "gzip, chunked", "chunked, chunked", "chunked;q=1", "x", "", ","})
  void anyOtherTransferCodingIsRefused(String coding) {
    assertRefused(OK + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n", "not chunked alone");
  }

  @Test
  void twoTransferCodingsAreRefused() {
    assertRefused(
        CHUNKED.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n") + "0\r\n\r\n",
        "not chunked alone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2~{}~0~~|{}",
        "1~{~1~}~0~~|{}",
        "00000002~{}~000~~|{}",
        "a~0123456789~0~~|0123456789",
        "A~0123456789~0~~|0123456789",
        "2;name=value;n=\"a b\"~{}~0;last~~|{}",
        "2 \t;name~{}~0 ;last~~|{}",
        "2~{}~0~X: y~Content-Length: 7~~|{}",
      })
  void chunksOfTheGrammarAreRead_C85(String body, String whole) throws IOException {
    assertThat(bodyOf(CHUNKED + body.replace("~", "\r\n"))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~{}~0~~",
        "2 ~{}~0~~",
        " 2~{}~0~~",
        "+2~{}~0~~",
        "-2~{}~0~~",
        "0x2~{}~0~~",
        "g~{}~0~~",
        "2,2~{}~0~~",
        "000000002~{}~0~~",
        "fffffffff~{}~0~~",
        "2\n{}~0~~",
        "2\r{}~0~~",
        "2;a\n{}~0~~",
        "2;a\rb~{}~0~~",
        "1~{}~0~~",
        "2~{}0~~",
        "2~{}\n0~~",
        "2~{}~0~X : y~~",
        "2~{}~0~ X: y~~",
        "2~{}~0~X: y\n~",
        "2~{}~0;" // no end
      })
  void anyOtherChunksAreRefused(String body) {
    assertThatThrownBy(() -> read(CHUNKED + body.replace("~", "\r\n")))
        .isInstanceOf(MalformedAnswerException.class);
  }

  /** Many small chunks are lawful, however many bytes frame them. */
  @Test
  void whatFramesAChunkDoesNotCountAgainstTheLimitOfTheHead() throws IOException {
    String size = "00000001\r\n";
    String many = (size + "y\r\n").repeat(LIMIT) + "0\r\n";
    String fields = "X: " + "z".repeat(AnswerLines.MAX_BYTES - CHUNKED.length() - 10) + "\r\n";
    assertThat(bodyOf(CHUNKED + many + fields + "\r\n")).hasSize(LIMIT);
  }

  @Test
  void extensionsAndTrailersCountAgainstTheLimitOfTheHead_T77() {
    String chunk = "1;" + "x".repeat(1000) + "\r\ny\r\n";
    assertRefused(CHUNKED + chunk.repeat(50), "head is longer");
    assertRefused(CHUNKED + "0\r\n" + ("X: " + "y".repeat(1000) + "\r\n").repeat(50), "head");
    assertRefused(CHUNKED + "0\r\n" + "X:\r\n".repeat(20_000), "head is longer");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void anAnswerWithoutABodyHasNoneWhateverItsFieldsSay(int status) throws IOException {
    assertThat(bodyOf(SPECIMEN.replace("200", String.valueOf(status)))).isEmpty();
  }

  @Test
  void withoutALengthTheBodyEndsWithTheConnection() throws IOException {
    assertThat(bodyOf(OK + "\r\n{}\r\n\u00e4")).isEqualTo("{}\r\n\u00e4");
    assertThat(bodyOf("HTTP/1.0 200 OK\r\n\r\n")).isEmpty();
  }
}
