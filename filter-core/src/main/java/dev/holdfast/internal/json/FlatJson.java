package dev.holdfast.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The short way for what nearly every small JSON object is: members without nesting, texts of
 * printable ASCII without escapes, whole numbers of up to 18 digits. It may only ever say yes, and
 * then says what {@link StrictJson#parseObject} says; anything else is left to that.
 */
final class FlatJson {
  private static final int MAX_LENGTH = 8 * 1024;
  private static final int MAX_DIGITS = 18;
  private static final int MAX_MEMBERS = 12;
  private static final int MAX_NAME_LENGTH = 64;

  private final byte[] text;
  private int at;

  private FlatJson(byte[] text) {
    this.text = text;
  }

  /** The object, or null where this cannot tell. */
  static @Nullable Map<String, Object> parse(byte[] utf8) {
    return utf8.length > MAX_LENGTH ? null : new FlatJson(utf8).object();
  }

  private @Nullable Map<String, Object> object() {
    if (!comes('{')) {
      return null;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    do {
      String name = string();
      if (name == null || name.length() > MAX_NAME_LENGTH || !comes(':')) {
        return null;
      }
      Object value = value();
      if (value == null
          || members.putIfAbsent(name, value) != null
          || members.size() > MAX_MEMBERS) {
        return null;
      }
    } while (comes(','));
    return comes('}') && at == text.length ? members : null;
  }

  private @Nullable Object value() {
    skipSpaces();
    return at < text.length && text[at] == '"' ? string() : number();
  }

  private @Nullable String string() {
    if (!comes('"')) {
      return null;
    }
    int start = at;
    while (at < text.length && text[at] >= ' ' && text[at] != '"' && text[at] != '\\') {
      at++; // bytes from 0x80 on are negative
    }
    return at < text.length && text[at] == '"'
        ? new String(text, start, at++ - start, StandardCharsets.ISO_8859_1)
        : null;
  }

  private @Nullable Long number() {
    int start = at;
    long number = 0;
    while (at < text.length && text[at] >= '0' && text[at] <= '9' && at - start < MAX_DIGITS) {
      number = number * 10 + text[at++] - '0';
    }
    boolean canonical = at > start && (text[start] != '0' || at == start + 1);
    return canonical ? number : null;
  }

  private boolean comes(char expected) {
    skipSpaces();
    if (at < text.length && text[at] == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpaces() {
    while (at < text.length && text[at] == ' ') {
      at++;
    }
  }
}
