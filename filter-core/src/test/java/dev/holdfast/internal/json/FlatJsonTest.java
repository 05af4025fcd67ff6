package dev.holdfast.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way says what the long one says, or nothing. */
class FlatJsonTest {
  private static final String CLAIMS =
      "{\"jti\":\"-BwC3ESc6acc2lTc\",\"htm\":\"GET\","
          + "\"htu\":\"https://api.example/accounts\", \"iat\": 1562262618,"
          + "\"ath\":\"fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo\",\"zero\":0}";

  @Test
  void theClaimsOfAProofAreFlat() throws Exception {
    assertThat(FlatJson.parse(CLAIMS.getBytes(UTF_8)))
        .isEqualTo(StrictJson.parseAny(CLAIMS.getBytes(UTF_8)))
        .hasSize(6)
        .containsEntry("htm", "GET")
        .containsEntry("iat", 1_562_262_618L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":01}",
        "{\"a\":1234567890123456789}",
        "{\"a\":-1}",
        "{\"a\":1.0}",
        "{\"a\":1e2}",
        "{\"a\":null}",
        "{\"a\":{}}",
        "{\"a\":\"\\n\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\u00e4\"}",
        "{'a':1}"
      })
  void anythingElseIsLeftToTheLongWay(String text) {
    assertThat(FlatJson.parse(text.getBytes(UTF_8))).isNull();
  }

  @Test
  void aMemberTooManyIsLeftToTheLongWay() {
    StringBuilder text = new StringBuilder("{\"0\":0");
    for (int i = 1; i < 12; i++) {
      text.append(",\"").append(i).append("\":0");
    }
    assertThat(FlatJson.parse((text + "}").getBytes(UTF_8))).hasSize(12);
    assertThat(FlatJson.parse((text + ",\"12\":0}").getBytes(UTF_8))).isNull();
  }

  /** Any one byte of it, and any two, are something else. */
  @Property(tries = 20_000)
  void aChangedTextIsReadAlikeOrNotAtAll(
      @ForAll @IntRange(max = 200) int place, @ForAll byte one, @ForAll boolean printable) {
    byte[] changed = CLAIMS.getBytes(ISO_8859_1);
    String telling = "{}[]\":,\\ 01-.e";
    changed[place % changed.length] =
        printable ? (byte) telling.charAt((one & 0xFF) % telling.length()) : one;

    Map<String, Object> flat = FlatJson.parse(changed);

    assertThat(flat == null || flat.equals(thoroughly(changed))).isTrue();
  }

  private static @Nullable Map<String, Object> thoroughly(byte[] text) {
    try {
      return StrictJson.parseAny(text);
    } catch (MalformedJsonException malformed) {
      return null;
    }
  }
}
