package dev.holdfast.tokenbinding;

import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.tokenbinding.message.RefusedTokenBindingException;
import dev.holdfast.tokenbinding.message.TokenBindingId;
import dev.holdfast.tokenbinding.message.VerifiedTokenBindings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the values of a proxy's fields (draft-ietf-tokbind-ttrp-09 section 2.1 and 2.2). */
final class ProxyFields {
  private static final int MAX_ID_CHARACTERS = (TokenBindingId.MAX_BYTES * 4 + 2) / 3;
  private static final int MAX_OTHER_CHARACTERS = 8192;

  private ProxyFields() {}

  static EstablishedTokenBindings read(ProxyValue value, String provided, @Nullable String referred)
      throws RefusedTokenBindingException {
    if (value == ProxyValue.SHA256) {
      return EstablishedTokenBindings.ofDigests(
          digest(provided), referred == null ? null : digest(referred));
    }
    TokenBindingId mine = id(provided);
    if (mine.knownKeyParameters() == null) {
      throw new RefusedTokenBindingException("the provided key parameters are unknown");
    }
    TokenBindingId other = referred == null ? null : id(referred);
    return EstablishedTokenBindings.of(new VerifiedTokenBindings(mine, other));
  }

  private static Sha256Digest digest(String text) throws RefusedTokenBindingException {
    return Sha256Digest.parse(text)
        .orElseThrow(() -> new RefusedTokenBindingException("the value is no base64url SHA-256"));
  }

  private static TokenBindingId id(String text) throws RefusedTokenBindingException {
    if (text.length() > MAX_ID_CHARACTERS) {
      throw new RefusedTokenBindingException("the id is longer than 1200 bytes");
    }
    byte @Nullable [] bytes = Base64Url.decode(text);
    if (bytes == null) {
      throw new RefusedTokenBindingException("the id is not canonical base64url");
    }
    return TokenBindingId.parse(bytes);
  }

  /**
   * Checks a list of {@code type.ID}, the type in one or two hexadecimal digits. Its bindings
   * establish nothing here, but a proxy that gets them wrong is not believed about the others.
   */
  static void checkOthers(ProxyValue value, List<String> fields)
      throws RefusedTokenBindingException {
    int characters = 0;
    for (String field : fields) {
      characters += field.length();
      if (characters > MAX_OTHER_CHARACTERS) {
        throw new RefusedTokenBindingException("the other token bindings are too long");
      }
      for (String element : field.split(",", -1)) {
        checkOther(value, trimmed(element));
      }
    }
  }

  private static void checkOther(ProxyValue value, String element)
      throws RefusedTokenBindingException {
    int dot = element.indexOf('.');
    if (dot < 1 || dot > 2 || !isUnknownType(element, dot)) {
      throw new RefusedTokenBindingException("an other token binding has no type of its own");
    }
    String text = element.substring(dot + 1);
    if (value == ProxyValue.SHA256) {
      digest(text);
    } else {
      id(text);
    }
  }

  /** One or two hexadecimal digits that say neither provided nor referred. */
  private static boolean isUnknownType(String element, int end) {
    int type = 0;
    for (int i = 0; i < end; i++) {
      char digit = element.charAt(i);
      if (digit >= 128 || Character.digit(digit, 16) < 0) {
        return false;
      }
      type = type << 4 | Character.digit(digit, 16);
    }
    return type > 1;
  }

  /** Without the spaces and tabs that may surround an element (RFC 9110 section 5.6.1). */
  private static String trimmed(String element) {
    int start = 0;
    int end = element.length();
    while (start < end && isBlank(element.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(element.charAt(end - 1))) {
      end--;
    }
    return element.substring(start, end);
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t';
  }
}
