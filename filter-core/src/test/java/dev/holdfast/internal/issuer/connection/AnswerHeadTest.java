package dev.holdfast.internal.issuer.connection;

import static dev.holdfast.internal.issuer.connection.Replies.JSON;
import static dev.holdfast.internal.issuer.connection.Replies.SPECIMEN;
import static dev.holdfast.internal.issuer.connection.Replies.assertRefused;
import static dev.holdfast.internal.issuer.connection.Replies.bodyOf;
import static dev.holdfast.internal.issuer.connection.Replies.read;
import static dev.holdfast.internal.issuer.connection.Replies.withField;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.issuer.HttpAnswer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each form that is refused is one mutation away from one that is read. */
class AnswerHeadTest {
  @Test
  void theSpecimenIsRead() throws IOException {
    HttpAnswer answer = read(SPECIMEN);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.mediaType()).isEqualTo("application/json");
    assertThat(answer.body()).asString().isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 ", "HTTP/1.0 200 OK", "HTTP/1.1 999 \u00fcber, alles\t!"})
  void aStatusLineOfTheGrammarIsRead(String line) throws IOException {
    assertThat(bodyOf(line + "\r\nContent-Length: 2\r\n\r\n{}")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200",
        "HTTP/1.1  200 OK",
        "HTTP/1.1 20 OK",
        "HTTP/1.1 2000 OK",
        "HTTP/1.1 099 OK",
        "HTTP/1.1 2x0 OK",
        "HTTP/1.1 +20 OK",
        "HTTP/1.1\t200 OK",
        "HTTP/1.2 200 OK",
        "HTTP/2 200 OK",
        "HTTP/11 200 OK",
        "http/1.1 200 OK",
        " HTTP/1.1 200 OK",
        "ICY 200 OK",
        "\u00ef\u00bb\u00bfHTTP/1.1 200 OK"
      })
  void anyOtherStatusLineIsRefused(String line) {
    assertRefused(line + "\r\nContent-Length: 2\r\n\r\n{}", "status line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "X:y",
        "X:",
        "X: \t y \t ",
        "x!#$%&'*+-.^_`|~9: a:b",
        "X: \u00e4",
        "Content-Encoding: Identity"
      })
  void aFieldOfTheGrammarIsRead(String line) throws IOException {
    assertThat(bodyOf(withField(line))).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ": y",
        "X : y",
        "X\t: y",
        "X",
        "X y: z",
        " X: y",
        "(X): y",
        "\u00e4: y",
        "\"X\": y"
      })
  void aFieldWithAMalformedNameIsRefused(String line) {
    assertRefused(withField(line), "malformed name");
  }

  @ParameterizedTest
  @ValueSource(strings = {" folded", "\tfolded", " Content-Length: 2"})
  void aFoldedFieldIsRefused(String continuation) {
    assertRefused(withField("X: y\r\n" + continuation), "malformed name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: a\nb", "X: a\u0000b", "X: a\u001bb", "X: a\u007fb", "X: y\n"})
  void aControlCharacterInTheHeadIsRefused(String line) {
    assertRefused(withField(line), "control character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: a\rb", "X: y\r", "X: y\r\r"})
  void aBareCarriageReturnIsRefused(String line) {
    assertRefused(withField(line), "CR without LF");
  }

  @Test
  void aHeadWithBareLineFeedsIsRefused() {
    assertRefused(SPECIMEN.replace("\r\n", "\n"), "control character");
  }

  @Test
  void aHundredFieldsAreReadAndOneMoreIsNot() throws IOException {
    String fields = "X: y\r\n".repeat(98);
    assertThat(bodyOf(withField(fields + "X: y"))).isEqualTo("{}");
    assertRefused(withField(fields + "X: y\r\nX: y"), "more than 100 fields");
  }

  @Test
  void aHeadUpToTheLimitIsReadAndOneByteMoreIsNot() throws IOException {
    int rest = AnswerLines.MAX_BYTES - withField("X: ").length() + "{}".length();
    assertThat(bodyOf(withField("X: " + "y".repeat(rest)))).isEqualTo("{}");
    assertRefused(withField("X: " + "y".repeat(rest + 1)), "head is longer than 32768 bytes");
  }

  @Test
  void aLineWithoutEndIsCutOff_T77() {
    assertRefused("HTTP/1.1 200 " + "y".repeat(1_000_000), "head is longer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "gzip, identity", "", "x"})
  void aContentCodingIsRefused_T77(String coding) {
    assertRefused(withField("Content-Encoding: " + coding), "content coding");
  }

  @Test
  void twoContentTypesAreRefused() {
    assertRefused(withField(JSON + JSON.trim()), "two content types");
  }

  @Test
  void interimAnswersArePassedOverUpToALimit() throws IOException {
    String interim = "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n";
    assertThat(bodyOf("HTTP/1.1 100 Continue\r\n\r\n" + interim.repeat(7) + SPECIMEN))
        .isEqualTo("{}");
    assertRefused(interim.repeat(9) + SPECIMEN, "more than 8 interim answers");
  }

  @Test
  void anAnswerThatSwitchesProtocolsIsRefused() {
    assertRefused("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n" + SPECIMEN, "switches protocols");
  }
}
