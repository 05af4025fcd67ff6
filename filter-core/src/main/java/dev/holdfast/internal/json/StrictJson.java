package dev.holdfast.internal.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON object (RFC 8259) strictly, within limits: valid UTF-8 without a byte order mark
 * or lone surrogates, no member twice (RFC 7515 section 4, RFC 7519 section 4), nothing after it,
 * bounded nesting, names, texts and numbers.
 *
 * <p>Values are {@code String}, {@code Boolean}, {@code Long} for a whole number written without
 * fraction or exponent that fits, {@code Double} for any other finite number, {@code List}, {@code
 * Map}, and null for {@code null}.
 */
public final class StrictJson {
  private static final int MAX_NESTING = 32;
  private static final int MAX_NAME_LENGTH = 1024;
  private static final int MAX_NUMBER_LENGTH = 100;
  private static final int MAX_TEXT_LENGTH = 64 * 1024;

  /**
   * Without the table of names that a factory shares among its parsers: whoever may send JSON could
   * fill it with names made to collide, and then every later parse fails.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(MAX_TEXT_LENGTH)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * Reads the object that is all of {@code utf8}. The caller has bounded its length.
   *
   * @return a mutable map in the order of the members
   */
  public static Map<String, Object> parseObject(byte[] utf8) throws MalformedJsonException {
    Map<String, Object> flat = FlatJson.parse(utf8);
    return flat != null ? flat : parseAny(utf8);
  }

  /** The same for any object. */
  static Map<String, Object> parseAny(byte[] utf8) throws MalformedJsonException {
    CharBuffer text = decode(utf8);
    try (JsonParser parser =
        FACTORY.createParser(
            ObjectReadContext.empty(), text.array(), text.arrayOffset(), text.length())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedJsonException("not a JSON object");
      }
      Map<String, Object> object = readObject(parser);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("data after the JSON object");
      }
      return object;
    } catch (JacksonException malformed) {
      throw new MalformedJsonException("not strict JSON within the limits");
    }
  }

  private static CharBuffer decode(byte[] utf8) throws MalformedJsonException {
    CharBuffer text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw new MalformedJsonException("not UTF-8");
    }
    if (text.length() > 0 && text.charAt(0) == '\uFEFF') {
      throw new MalformedJsonException("a byte order mark");
    }
    return text;
  }

  private static Map<String, Object> readObject(JsonParser parser) throws MalformedJsonException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = wellFormed(parser.currentName());
      parser.nextToken();
      putNullable(object, name, readValue(parser));
    }
    return object;
  }

  @SuppressWarnings("NullAway") // a JSON null stays a null value, so that containsKey tells
  private static void putNullable(Map<String, Object> object, String name, @Nullable Object value) {
    object.put(name, value);
  }

  @SuppressWarnings("NullAway") // as above
  private static List<Object> readArray(JsonParser parser) throws MalformedJsonException {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(readValue(parser));
    }
    return array;
  }

  private static @Nullable Object readValue(JsonParser parser) throws MalformedJsonException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return wellFormed(parser.getString());
    }
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      return number(parser);
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.START_OBJECT) {
      return readObject(parser);
    }
    if (token == JsonToken.START_ARRAY) {
      return readArray(parser);
    }
    throw new MalformedJsonException("not strict JSON within the limits");
  }

  private static Object number(JsonParser parser) throws MalformedJsonException {
    String digits = parser.getString();
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      try {
        return Long.valueOf(digits);
      } catch (NumberFormatException tooLarge) {
        return Double.valueOf(digits); // at most 100 digits: finite
      }
    }
    double value = Double.parseDouble(digits);
    if (!Double.isFinite(value)) {
      throw new MalformedJsonException("a number out of range");
    }
    return value;
  }

  private static String wellFormed(@Nullable String text) throws MalformedJsonException {
    if (text == null) {
      throw new MalformedJsonException("not strict JSON within the limits");
    }
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isSurrogate(character)) {
        if (!Character.isHighSurrogate(character)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new MalformedJsonException("a lone surrogate");
        }
        i++;
      }
    }
    return text;
  }
}
