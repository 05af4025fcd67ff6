package dev.holdfast.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static Map<String, Object> parse(String text) throws MalformedJsonException {
    return StrictJson.parseObject(text.getBytes(UTF_8));
  }

  private static void assertRefused(byte[] bytes) {
    Assertions.assertTimeout(
        Duration.ofSeconds(2), // generous: what is bounded takes milliseconds
        () ->
            assertThatThrownBy(() -> StrictJson.parseObject(bytes))
                .isInstanceOf(MalformedJsonException.class));
  }

  private static void assertRefused(String text) {
    assertRefused(text.getBytes(UTF_8));
  }

  @Test
  void valuesAreReadAsTheirTypes() throws Exception {
    Map<String, Object> object =
        parse(
            "{\"text\":\"a\\u00e4\\ud83d\\udd11\",\"whole\":-9223372036854775808,\"big\":1e3,"
                + "\"huge\":9223372036854775808,\"yes\":true,\"no\":false,\"nothing\":null,"
                + "\"array\":[1,[],{}],\"object\":{\"a\":1}}");

    assertThat(object)
        .containsEntry("text", "a\u00e4\ud83d\udd11")
        .containsEntry("whole", Long.MIN_VALUE)
        .containsEntry("big", 1000.0)
        .containsEntry("huge", 0x1p63)
        .containsEntry("yes", true)
        .containsEntry("no", false)
        .containsEntry("array", List.of(1L, List.of(), Map.of()))
        .containsEntry("object", Map.of("a", 1L))
        .containsKey("nothing");
    assertThat(object.get("nothing")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cnf\":{},\"cnf\":{}}",
        "{\"active\":false,\"active\":true}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":[{\"b\":1,\"b\":1}]}",
        "{\"cnf\":1,\"\\u0063nf\":2}",
        "{\"\":1,\"\":2}"
      })
  void aMemberTwiceIsRefused_T42(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"{}\"",
        "{",
        "}",
        "{}{}",
        "{} {}",
        "{}x",
        "{},",
        "{}\u0000",
        "{}//c",
        "/*c*/{}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":'b'}",
        "{\"a\":[1,]}",
        "{\"a\":[,]}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":0x10}",
        "{\"a\":True}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"b}",
        "{\"a\":1 \"b\":2}"
      })
  void whatRfc8259DoesNotWriteIsRefused_T43(String text) {
    assertRefused(text);
  }

  @Test
  void whiteSpaceAroundTheObjectIsNoData() {
    assertThatCode(() -> parse(" \t\r\n{ } \n")).doesNotThrowAnyException();
  }

  @Test
  void aByteOrderMarkIsRefused_T43() {
    assertRefused("\uFEFF{}");
    assertRefused("{}\uFEFF");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "ff",
        "c3",
        "c080",
        "c1bf",
        "e08080",
        "eda080",
        "edb080",
        "eda0bdedb491",
        "f0808080",
        "f4908080",
        "f8888080",
        "e282",
        "f09f94"
      })
  void whatIsNotUtf8IsRefused_T43(String hex) {
    byte[] text = HexFormat.of().parseHex("7b2261223a22" + hex + "227d");

    assertRefused(text);
    assertRefused(HexFormat.of().parseHex("7b22" + hex + "223a317d"));
  }

  @Test
  void anotherEncodingIsRefused_T43() {
    for (String name : List.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE")) {
      assertRefused("{\"a\":1}".getBytes(Charset.forName(name)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\ud800", "\\udc00", "\\ud800\\ud800", "\\udc00\\ud800", "a\\ud83d", "\\ud83dx"})
  void aLoneSurrogateIsRefused_T43(String escaped) {
    assertRefused("{\"a\":\"" + escaped + "\"}");
    assertRefused("{\"" + escaped + "\":1}");
    assertRefused("{\"a\":[\"" + escaped + "\"]}");
  }

  static Stream<String> outsideTheLimits() {
    String deep = "[".repeat(10_000);
    return Stream.of(
        "{\"a\":" + deep + "]".repeat(10_000) + "}",
        "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
        "{\"a\":" + deep,
        "{\"a\":\"" + "x".repeat(1 << 20) + "\"}",
        "{\"a\":\"" + "\\u0041".repeat(1 << 18) + "\"}",
        "{\"" + "x".repeat(1 << 20) + "\":1}",
        "{\"a\":" + "9".repeat(1_000_000) + "}",
        "{\"a\":0." + "9".repeat(1_000_000) + "}",
        "{\"a\":1e" + "9".repeat(1_000_000) + "}",
        "{\"a\":" + "9".repeat(101) + "}",
        "{\"a\":1e999999999}",
        "{\"a\":-1e309}",
        "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}",
        " ".repeat(1 << 20));
  }

  @ParameterizedTest
  @MethodSource("outsideTheLimits")
  void whatIsOutsideTheLimitsIsRefusedInBoundedTime_T43(String text) {
    assertRefused(text);
  }

  @Test
  void whatIsJustInsideTheLimitsIsRead_T43() throws Exception {
    assertThat(parse("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}")).containsKey("a");
    assertThat(parse("{\"a\":" + "9".repeat(100) + "}").get("a")).isInstanceOf(Double.class);
    assertThat(parse("{\"a\":1e308,\"b\":1e-999}")).containsEntry("b", 0.0);
    assertThat(parse("{\"a\":\"" + "x".repeat(64 * 1024) + "\"}")).containsKey("a");
  }

  @Test
  void aMillionOpenBracketsCostNoStack_T43() {
    byte[] brackets = new byte[1_000_000];
    Arrays.fill(brackets, (byte) '{');
    assertRefused(brackets);
  }

  /** Names that collide in any hash of the form 33h + c: "BA" and "Ab" are worth the same. */
  @Test
  void namesMadeToCollideHarmNobody() throws Exception {
    StringBuilder text = new StringBuilder("{\"first\":1");
    for (int i = 0; i < 8192; i++) {
      text.append(",\"");
      for (int bit = 0; bit < 13; bit++) {
        text.append((i >> bit & 1) == 0 ? "BA" : "Ab");
      }
      text.append("\":1");
    }
    byte[] hostile = text.append('}').toString().getBytes(UTF_8);

    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          try {
            StrictJson.parseObject(hostile);
          } catch (MalformedJsonException refusedIsFineToo) {
            assertThat(refusedIsFineToo).hasNoCause();
          }
        });
    for (int i = 0; i < 5000; i++) { // enough to make a shared table of names grow
      assertThat(parse("{\"fresh" + i + "\":1}")).hasSize(1);
    }
  }

  @Test
  void theRuleQuotesNothing_T102() {
    assertThatThrownBy(() -> parse("{\"secret\":secret}"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }
}
