package dev.holdfast.internal;

import org.jspecify.annotations.Nullable;

/** Recognises an element of a list that is several elements, or has what nobody sees in it. */
public final class ElementText {
  private ElementText() {}

  /**
   * What is wrong with it, without the text itself; null: nothing that can be seen. A plain blank
   * is nothing wrong.
   */
  public static @Nullable String problem(String text) {
    if (text.codePoints().anyMatch(ElementText::isInvisible)) {
      return "an element has a line break, or another control or invisible character";
    }
    if (!text.isEmpty() && (isOtherSpace(text, 0) || isOtherSpace(text, text.length() - 1))) {
      return "an element begins or ends with white space that is no plain blank";
    }
    return null;
  }

  private static boolean isInvisible(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static boolean isOtherSpace(String text, int index) {
    return text.charAt(index) != ' ' && Character.isSpaceChar(text.charAt(index));
  }

  /** Whether white space stands before a slash: two paths, and no comma between them. */
  public static boolean areSeveralPaths(String text) {
    for (int slash = text.indexOf('/', 1); slash > 0; slash = text.indexOf('/', slash + 1)) {
      if (Character.isSpaceChar(text.charAt(slash - 1))) {
        return true;
      }
    }
    return false;
  }

  /** Whether white space stands within it. */
  public static boolean areSeveralWords(String text) {
    return text.strip().chars().anyMatch(Character::isSpaceChar);
  }
}
