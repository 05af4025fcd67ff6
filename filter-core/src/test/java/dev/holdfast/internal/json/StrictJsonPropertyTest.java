package dev.holdfast.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class StrictJsonPropertyTest {

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .ofMaxLength(10)
        .filter(text -> UTF_8.newEncoder().canEncode(text) && text.indexOf('\uFEFF') < 0);
  }

  private static Arbitrary<Object> values(int depth) {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            texts().asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.just(null));
    return depth == 0
        ? leaf
        : Arbitraries.frequencyOf(
            Tuple.of(3, leaf),
            Tuple.of(1, values(depth - 1).list().ofMaxSize(4).asGeneric()),
            Tuple.of(1, objects(depth - 1).asGeneric()));
  }

  private static Arbitrary<Map<String, Object>> objects(int depth) {
    return Arbitraries.maps(texts(), values(depth)).ofMaxSize(5).map(LinkedHashMap::new);
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return objects(2);
  }

  @Property(tries = 200)
  void everyObjectIsReadBack(@ForAll("objects") Map<String, Object> object) throws Exception {
    assertThat(StrictJson.parseObject(JsonText.of(object).getBytes(UTF_8))).isEqualTo(object);
  }

  @Property(tries = 200)
  void everyTruncationIsRefused(@ForAll("objects") Map<String, Object> object, @ForAll int length) {
    byte[] whole = JsonText.of(object).getBytes(UTF_8);
    byte[] part = Arrays.copyOf(whole, Math.floorMod(length, whole.length));

    assertThatThrownBy(() -> StrictJson.parseObject(part))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Property(tries = 100)
  void aMemberTwiceIsRefusedAtAnyDepth_T42(
      @ForAll("objects") Map<String, Object> before, @ForAll @IntRange(max = 25) int depth) {
    Map<String, Object> others = new LinkedHashMap<>(before);
    others.remove("cnf");
    others.put("between", 1L);
    String start = JsonText.of(others);
    String members = "\"cnf\":{}," + start.substring(1, start.length() - 1);
    String open = "{\"a\":[".repeat(depth / 2);
    String close = "]}".repeat(depth / 2);

    assertThat(parses(open + "{" + members + "}" + close)).isTrue();
    assertThat(parses(open + "{" + members + ",\"cnf\":{}}" + close)).isFalse();
    assertThat(parses(open + "{" + members + ",\"\\u0063nf\":1}" + close)).isFalse();
  }

  @Property(tries = 2000)
  void anyBytesAreAnObjectOrMalformed(@ForAll @Size(max = 64) byte[] bytes) {
    try {
      assertThat(StrictJson.parseObject(bytes)).isNotNull();
    } catch (MalformedJsonException expected) {
      assertThat(expected).hasNoCause();
    }
  }

  private static boolean parses(String text) {
    try {
      return StrictJson.parseObject(text.getBytes(UTF_8)) != null;
    } catch (MalformedJsonException malformed) {
      return false;
    }
  }

  @Provide
  Arbitrary<List<Object>> arrays() {
    return values(2).list().ofMaxSize(5);
  }

  @Property(tries = 100)
  void whatIsNoObjectIsRefused(@ForAll("arrays") List<Object> array) {
    assertThat(parses(JsonText.of(array))).isFalse();
    array.forEach(
        value -> assertThat(parses(JsonText.of(value))).isEqualTo(value instanceof Map<?, ?>));
  }
}
