package dev.holdfast.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

class StrictJsonFuzzTest {

  /** Whatever the bytes, an object or a refusal; what is read can be written and read again. */
  @FuzzTest
  void anyBytesAreAnObjectOrMalformed(byte[] bytes) throws Exception {
    Map<String, Object> flat = FlatJson.parse(bytes);
    Map<String, Object> object;
    try {
      object = StrictJson.parseAny(bytes);
      assertThat(flat == null || flat.equals(object)).isTrue();
    } catch (MalformedJsonException refused) {
      assertThat(flat).isNull();
      return;
    }
    assertThat(StrictJson.parseObject(JsonText.of(object).getBytes(UTF_8))).isEqualTo(object);
  }
}
