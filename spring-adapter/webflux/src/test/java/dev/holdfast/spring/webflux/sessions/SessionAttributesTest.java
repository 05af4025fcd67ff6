package dev.holdfast.spring.webflux.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A session's attributes take no login, and are the session's in every other way. */
class SessionAttributesTest {
  private static final String LOGIN = "a login";

  private final Map<String, Object> session = new ConcurrentHashMap<>(Map.of("there", "before"));
  private final Map<String, Object> attributes =
      new SessionAttributes(session, (name, value) -> value.equals(LOGIN));

  private interface Change {
    void apply(Map<String, Object> attributes, String name, Object value);
  }

  static Stream<Arguments> changes() {
    Change put = Map::put;
    Change putAll = (map, name, value) -> map.putAll(Map.of(name, value));
    Change putIfAbsent = Map::putIfAbsent;
    Change compute = (map, name, value) -> map.compute(name, (same, before) -> value);
    Change ifAbsent = (map, name, value) -> map.computeIfAbsent(name, same -> value);
    Change ifPresent = (map, name, value) -> map.computeIfPresent(name, (same, before) -> value);
    Change merge = (map, name, value) -> map.merge(name, value, (before, after) -> after);
    Change replace = Map::replace;
    Change compared = (map, name, value) -> map.replace(name, "before", value);
    Change all = (map, name, value) -> map.replaceAll((same, before) -> value);
    Change entry = (map, name, value) -> map.entrySet().forEach(one -> one.setValue(value));
    return Stream.of(
        Arguments.of("put", put, true, true),
        Arguments.of("putAll", putAll, true, true),
        Arguments.of("putIfAbsent", putIfAbsent, false, true),
        Arguments.of("compute", compute, true, true),
        Arguments.of("computeIfAbsent", ifAbsent, false, true),
        Arguments.of("computeIfPresent", ifPresent, true, false),
        Arguments.of("merge", merge, true, true),
        Arguments.of("replace", replace, true, false),
        Arguments.of("replace if it is that", compared, true, false),
        Arguments.of("replaceAll", all, true, false),
        Arguments.of("an entry", entry, true, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void noChangeBringsALogin(String name, Change change, boolean changes, boolean adds) {
    change.apply(attributes, "there", LOGIN);
    change.apply(attributes, "new", LOGIN);
    assertThat(session).containsExactly(Map.entry("there", "before"));
    change.apply(attributes, "there", "after");
    assertThat(session).containsEntry("there", changes ? "after" : "before");
    change.apply(attributes, "new", "added");
    assertThat(session.containsKey("new")).isEqualTo(adds);
  }

  /** Two requests of one session change the same value. */
  @Test
  void noChangeOfAnotherRequestIsLost() {
    IntStream.range(0, 40_000)
        .parallel()
        .forEach(
            each -> {
              attributes.merge("merged", 1, (before, one) -> (int) before + (int) one);
              attributes.compute(
                  "computed", (name, before) -> before == null ? 1 : (int) before + 1);
            });
    assertThat(attributes).containsEntry("merged", 40_000).containsEntry("computed", 40_000);
  }

  @Test
  void whatIsRemovedIsGone() {
    assertThat(attributes.remove("there", "other")).isFalse();
    assertThat(attributes.remove("there", "before")).isTrue();
    assertThat(session).isEmpty();
  }
}
