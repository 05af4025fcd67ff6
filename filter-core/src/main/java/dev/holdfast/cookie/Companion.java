package dev.holdfast.cookie;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A companion cookie's value, read and not yet believed: {@code 1.}<i>methods</i>{@code
 * .}<i>scope</i>{@code .}<i>hash</i>.
 *
 * <p>The methods are letters in the order of {@link ConfirmationMethod}, {@code t} for a Token
 * Binding and {@code c} for a certificate, or {@code -} for none; the scope and the hash are
 * base64url without padding. Only the one spelling of each is read, so that a value cannot be
 * changed and stay valid.
 *
 * @param methods whose keys the cookie is bound to, in the order of the letters
 * @param scope the attributes that both cookies share
 * @param hash the keyed hash, 43 characters
 */
record Companion(List<ConfirmationMethod> methods, CookieScope scope, String hash) {
  static final int MAX_CHARACTERS = 1024;
  private static final String VERSION = "1.";
  private static final String NO_METHOD = "-";
  private static final int HASH_CHARACTERS = 43;

  /** The methods that prove a connection's key. */
  private static final SortedMap<ConfirmationMethod, Character> LETTERS =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(ConfirmationMethod.TOKEN_BINDING, 't', ConfirmationMethod.CERTIFICATE, 'c')));

  Companion {
    methods = List.copyOf(methods);
  }

  String text() {
    StringBuilder letters = new StringBuilder();
    methods.forEach(method -> letters.append(letter(method)));
    return VERSION
        + (methods.isEmpty() ? NO_METHOD : letters)
        + '.'
        + Base64Url.encode(scope.attributes().getBytes(StandardCharsets.US_ASCII))
        + '.'
        + hash;
  }

  /** Reads a companion's value; anything that is not the one spelling of one is empty. */
  static Optional<Companion> parse(String text) {
    if (text.length() > MAX_CHARACTERS || !text.startsWith(VERSION)) {
      return Optional.empty();
    }
    String[] parts = text.substring(VERSION.length()).split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    List<ConfirmationMethod> methods = methods(parts[0]);
    CookieScope scope = scope(parts[1]);
    byte @Nullable [] hash = Base64Url.decode(parts[2]);
    return methods == null || scope == null || hash == null || parts[2].length() != HASH_CHARACTERS
        ? Optional.empty()
        : Optional.of(new Companion(methods, scope, parts[2]));
  }

  private static @Nullable List<ConfirmationMethod> methods(String letters) {
    List<ConfirmationMethod> methods = new ArrayList<>();
    StringBuilder canonical = new StringBuilder();
    LETTERS.forEach(
        (method, letter) -> {
          if (letters.indexOf(letter) >= 0) {
            methods.add(method);
            canonical.append(letter);
          }
        });
    boolean isCanonical =
        methods.isEmpty() ? letters.equals(NO_METHOD) : letters.contentEquals(canonical);
    return isCanonical ? methods : null;
  }

  private static @Nullable CookieScope scope(String text) {
    byte @Nullable [] bytes = Base64Url.decode(text);
    if (bytes == null || bytes.length > CookieScope.MAX_CHARACTERS) {
      return null;
    }
    for (byte character : bytes) {
      if (character < ' ' || character == 127) {
        return null;
      }
    }
    return new CookieScope(new String(bytes, StandardCharsets.US_ASCII));
  }

  private static char letter(ConfirmationMethod method) {
    Character letter = LETTERS.get(method);
    if (letter == null) {
      throw new IllegalArgumentException(
          "a cookie cannot be bound to a " + method.propertyName() + " key");
    }
    return letter;
  }
}
