package dev.holdfast.http.challenge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever stands behind the scheme: a reader that goes by RFC 9110, character by character, finds
 * Holdfast's address once, and all other parameters of a lawful challenge.
 */
class MetadataParameterFuzzTest {
  private static final String NAME = "resource_metadata";
  private static final String ADDRESS = "https://api.example/.well-known/oauth-protected-resource";

  static byte[][] seeds() {
    return new byte[][] {
      " realm=\"a, b\", resource_metadata=\"https://evil\"".getBytes(ISO_8859_1),
      " , a = \"\\\"x\\\\\",,Resource_Metadata=evil, b=y ,".getBytes(ISO_8859_1),
      " realm=\"open, resource_metadata=\"e\"".getBytes(ISO_8859_1),
      "\tresource_metadata=e".getBytes(ISO_8859_1),
      " dG9rZW4==".getBytes(ISO_8859_1),
      " a=\"\\\u0085\u00e9\"".getBytes(ISO_8859_1),
      new byte[0],
    };
  }

  @MethodSource("seeds")
  @FuzzTest
  void aReaderFindsTheAddressOnce_C40(byte[] input) {
    String challenge = "Bearer" + new String(input, ISO_8859_1);
    String scheme = challenge.substring(0, new Reader(challenge).token());
    String named = MetadataParameter.in(challenge, ADDRESS);

    List<Map.Entry<String, String>> expected = new ArrayList<>();
    List<Map.Entry<String, String>> written = parameters(challenge);
    if (written != null) {
      written.stream().filter(each -> !each.getKey().equalsIgnoreCase(NAME)).forEach(expected::add);
    }
    expected.add(Map.entry(NAME, ADDRESS));
    if (!named.startsWith(scheme + ' ') || !expected.equals(parameters(named))) {
      throw new AssertionError(challenge + " became " + named);
    }
    if (!MetadataParameter.in(named, ADDRESS).equals(named)) {
      throw new AssertionError("another one at the second time: " + named);
    }
  }

  /** The names and unquoted values of one challenge; null if it has no such form. */
  private static @Nullable List<Map.Entry<String, String>> parameters(String challenge) {
    Reader in = new Reader(challenge);
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    in.at = in.token();
    if (in.at < challenge.length() && in.peek() != ' ') {
      return null;
    }
    boolean separated = true;
    while (true) {
      in.skipBlanks();
      if (in.at == challenge.length()) {
        return parameters;
      }
      if (in.peek() == ',') {
        in.at++;
        separated = true;
        continue;
      }
      Map.Entry<String, String> parameter = separated ? in.parameter() : null;
      if (parameter == null) {
        return null;
      }
      parameters.add(parameter);
      separated = false;
    }
  }

  /** A place in a challenge. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    /** NUL at the end: no rule takes it. */
    char peek() {
      return at < text.length() ? text.charAt(at) : 0;
    }

    void skipBlanks() {
      while (peek() == ' ' || peek() == '\t') {
        at++;
      }
    }

    /** Where the token that begins here ends. */
    int token() {
      int end = at;
      while (end < text.length() && isTokenChar(text.charAt(end))) {
        end++;
      }
      return end;
    }

    private static boolean isTokenChar(char c) {
      return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    Map.@Nullable Entry<String, String> parameter() {
      String name = text.substring(at, token());
      at = token();
      skipBlanks();
      if (name.isEmpty() || peek() != '=') {
        return null;
      }
      at++;
      skipBlanks();
      if (peek() == '"') {
        String value = quoted();
        return value == null ? null : Map.entry(name, value);
      }
      String value = text.substring(at, token());
      at = token();
      return value.isEmpty() ? null : Map.entry(name, value);
    }

    private @Nullable String quoted() {
      StringBuilder value = new StringBuilder();
      while (true) {
        at++;
        if (peek() == '"') {
          at++;
          return value.toString();
        }
        if (peek() == '\\') {
          at++;
        }
        if ((peek() < ' ' && peek() != '\t') || peek() == 0x7f) {
          return null;
        }
        value.append(peek());
      }
    }
  }
}
