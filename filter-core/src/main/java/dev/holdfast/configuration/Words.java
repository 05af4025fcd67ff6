package dev.holdfast.configuration;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement;
import dev.holdfast.tokenbinding.message.KeyParameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words that a setting of an enumerated kind takes.
 *
 * @param expected what one should write
 * @param meanings each word with what it stands for
 * @param later words that only a later version takes
 */
public record Words(String expected, Map<String, Object> meanings, List<String> later) {

  /** How an edge lets its users write words. */
  public enum Spelling {
    /** To the letter. */
    EXACT,
    /** As Spring Boot does: the letter case and what is no letter or digit do not matter. */
    RELAXED
  }

  private static final Words TRUTH =
      new Words("true or false", Map.of("true", true, "false", false), List.of());

  /** Spring Boot's other truths (Spring's {@code StringToBooleanConverter}). */
  private static final Map<String, Boolean> OTHER_TRUTHS =
      Map.of("on", true, "yes", true, "1", true, "off", false, "no", false, "0", false);

  /** The words for this type; null where it is no enumerated kind. */
  static @Nullable Words of(Class<?> type) {
    if (isTruth(type)) {
      return TRUTH;
    }
    Map<String, Object> meanings = new LinkedHashMap<>();
    if (type == ConfirmationMethod.class) {
      ConfirmationMethod.ofHoldfast().forEach(own -> meanings.put(own.propertyName(), own));
      String expected = oneOf(meanings);
      ConfirmationMethod.all().forEach(any -> meanings.put(any.propertyName(), any));
      return new Words(expected, meanings, List.of());
    }
    if (!type.isEnum()) {
      return null;
    }
    for (Object constant : type.getEnumConstants()) {
      meanings.put(word((Enum<?>) constant), constant);
    }
    boolean areMany = type == Requirement.Mode.class || type == KeyParameters.class;
    return new Words(areMany ? oneOf(meanings) : either(meanings), meanings, List.of());
  }

  /** Whether its words are {@code true} and {@code false}; the boxed type has no default. */
  public static boolean isTruth(Class<?> type) {
    return type == boolean.class || type == Boolean.class;
  }

  private static String word(Enum<?> constant) {
    return constant instanceof KeyParameters registered
        ? registered.propertyName()
        : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String oneOf(Map<String, Object> meanings) {
    return "one of " + String.join(", ", meanings.keySet());
  }

  private static String either(Map<String, Object> meanings) {
    List<String> words = List.copyOf(meanings.keySet());
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** With what the setting says of its words. */
  Words with(Setting setting) {
    return new Words(
        setting.expected().isEmpty() ? expected : setting.expected(),
        meanings,
        List.of(setting.later()));
  }

  /** What the word stands for. */
  Object read(String name, String text, Spelling spelling) {
    Object meaning = spelling == Spelling.EXACT ? meanings.get(text) : like(text);
    if (meaning != null) {
      return meaning;
    }
    if (later.contains(text)) {
      throw InvalidSettingException.notYet("holdfast." + name + "=" + text);
    }
    throw FlatProperties.invalid(name, "\"" + text + "\" cannot be read", "Write " + expected);
  }

  /** In YAML, {@code off} without quotes is {@code false}, which Spring Boot reads as off. */
  private @Nullable Object like(String text) {
    String folded = folded(text);
    for (Map.Entry<String, Object> one : meanings.entrySet()) {
      String word = folded(one.getKey());
      if (folded.equals(word) || (word.equals("off") && folded.equals("false"))) {
        return one.getValue();
      }
    }
    return meanings.equals(TRUTH.meanings) ? OTHER_TRUTHS.get(folded) : null;
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** All words, for a document. */
  public List<String> all() {
    return Arrays.asList(meanings.keySet().toArray(new String[0]));
  }
}
