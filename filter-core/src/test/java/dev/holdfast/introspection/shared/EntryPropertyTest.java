package dev.holdfast.introspection.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** What is written is read as the same, and nothing else is read. */
class EntryPropertyTest {
  private static final String ACTIVE = "{\"active\":true}";

  @Provide
  Arbitrary<Map<String, Object>> claims() {
    Arbitrary<String> names = Arbitraries.strings().ofMaxLength(8);
    Arbitrary<Object> plain =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12).filter(EntryPropertyTest::isText),
            Arbitraries.longs(),
            Arbitraries.doubles(),
            Arbitraries.of(true, false),
            Arbitraries.just(null));
    Arbitrary<Object> lists = plain.list().ofMaxSize(3).map(list -> list);
    Arbitrary<Object> maps =
        Arbitraries.maps(names.filter(EntryPropertyTest::isText), lists)
            .ofMaxSize(3)
            .map(map -> map);
    return Arbitraries.maps(
            names.filter(EntryPropertyTest::isText), Arbitraries.oneOf(plain, lists, maps))
        .ofMaxSize(6)
        .map(
            members -> {
              Map<String, Object> all = new HashMap<>(members);
              all.put("active", true);
              return all;
            });
  }

  /** Whether it has no lone surrogate, which no strict answer has. */
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadAsTheSame(
      @ForAll("claims") Map<String, Object> claims,
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long askedAt,
      @ForAll @LongRange(min = 1, max = 86_400_000) long life) {
    Entry entry = new Entry(askedAt, life, claims);
    byte[] bytes = entry.toBytes();
    assertThat(bytes).isNotNull();
    assertThat(Entry.read(bytes)).isEqualTo(entry);
  }

  private static byte[] bytes(long askedAt, long life, String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(16 + text.length).putLong(askedAt).putLong(life).put(text).array();
  }

  @Property(tries = 100)
  void onlyLawfulTimesAreRead(@ForAll long askedAt, @ForAll long life) {
    boolean isLawful =
        askedAt >= 0 && askedAt <= Long.MAX_VALUE / 2 && life >= 1 && life <= 86_400_000;
    assertThat(Entry.read(bytes(askedAt, life, ACTIVE)) != null).isEqualTo(isLawful);
  }

  @Property(tries = 1)
  void onlyAnAnswerIsRead() {
    assertThat(Entry.read(bytes(1, 1, ACTIVE))).isNotNull();
    for (String json :
        new String[] {"", "[]", "{}", "{\"active\":1}", "{\"active\":\"true\"}", ACTIVE + ACTIVE}) {
      assertThat(Entry.read(bytes(1, 1, json))).as(json).isNull();
    }
    assertThat(Entry.read(bytes(1, 0, ACTIVE))).isNull();
    assertThat(Entry.read(bytes(-1, 1, ACTIVE))).isNull();
    assertThat(Entry.read(bytes(1, 86_400_001, ACTIVE))).isNull();
  }

  @Property(tries = 1)
  void whatIsTooLargeIsNotShared() {
    String large = "x".repeat(50_000);
    Map<String, Object> claims = new HashMap<>(Map.of("active", true, "a", large));
    assertThat(new Entry(1, 1, claims).toBytes()).isNotNull();
    claims.put("b", large);
    assertThat(new Entry(1, 1, claims).toBytes()).isNull();
  }
}
