package dev.holdfast.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a proxy forwards: its last element's pairs, or nothing; no exception. */
class ForwardedFuzzTest {

  static byte[][] seeds() {
    return new byte[][] {
      "for=192.0.2.60;proto=http;by=203.0.113.43".getBytes(StandardCharsets.US_ASCII),
      "for=a, for=\"[2001:db8::1]:80\";host=\"a\\\"b\"".getBytes(StandardCharsets.US_ASCII),
      "proto=https;;host=x,".getBytes(StandardCharsets.US_ASCII),
      "host=\"".getBytes(StandardCharsets.US_ASCII),
      new byte[0],
    };
  }

  @MethodSource("seeds")
  @FuzzTest
  void aFieldHasALastElementOrNone(byte[] input) {
    String field = new String(input, StandardCharsets.ISO_8859_1);
    Map<String, String> last = ForwardedElements.last(List.of(field));
    if (last != null) {
      Map<String, String> expected = last.isEmpty() ? Map.of("for", "before") : last;
      // what comes before the last element changes nothing, in this field or in another
      for (List<String> fields :
          List.of(List.of("for=before, " + field), List.of("for=before", field))) {
        if (!expected.equals(ForwardedElements.last(fields))) {
          throw new AssertionError("an element before the last one matters");
        }
      }
      for (String empty : new String[] {",", ";", " ;, ;;"}) {
        if (!last.equals(ForwardedElements.last(List.of(empty + field + empty)))) {
          throw new AssertionError("an empty element or pair matters");
        }
      }
      if (!Map.of("for", "last").equals(ForwardedElements.last(List.of(field, "for=last")))) {
        throw new AssertionError("the last field does not count");
      }
      last.forEach(ForwardedFuzzTest::requirePair);
    }
  }

  private static void requirePair(String name, String value) {
    if (name.isEmpty() || value.isEmpty() || value.indexOf('\n') >= 0) {
      throw new AssertionError("not a pair");
    }
  }
}
