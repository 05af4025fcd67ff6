package dev.holdfast.internal.json;

/** Writes texts into JSON (RFC 8259 section 7), in ASCII. */
public final class QuotedText {
  private QuotedText() {}

  /** The text between its quotes. */
  public static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character < ' ' || character > '~' || character == '"' || character == '\\') {
        json.append(String.format("\\u%04x", (int) character));
      } else {
        json.append(character);
      }
    }
    return json.append('"').toString();
  }
}
