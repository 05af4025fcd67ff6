package dev.holdfast.http.metadata;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.internal.json.StrictJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MetadataJsonPropertyTest {

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(10).filter(text -> UTF_8.newEncoder().canEncode(text));
  }

  @Provide
  Arbitrary<Map<String, Object>> members() {
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            texts().asGeneric(),
            Arbitraries.of(true, false).asGeneric(),
            texts().list().ofMaxSize(4).asGeneric());
    return Arbitraries.maps(texts(), values).ofMaxSize(5);
  }

  @Property(tries = 300)
  void everyMemberIsReadBack(@ForAll("members") Map<String, Object> members) throws Exception {
    String text = MetadataJson.of(members);
    assertThat(StrictJson.parseObject(text.getBytes(US_ASCII))).isEqualTo(members);
  }

  @Property(tries = 300)
  void nothingLeavesTheTextOfAPage(@ForAll String text) {
    assertThat(MetadataJson.of(Map.of("a", text)))
        .matches("\\{\"a\":\"([ !#$%(-;=?-\\[\\]-~]|\\\\u[0-9a-f]{4})*\"}");
  }

  @Example
  void anotherKindOfValueIsRefused() {
    for (Object other : Arrays.asList(1, Map.of(), List.of(1), null)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> MetadataJson.of(java.util.Collections.singletonMap("a", other)));
    }
  }
}
