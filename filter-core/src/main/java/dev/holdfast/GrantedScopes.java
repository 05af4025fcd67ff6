package dev.holdfast;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads which scopes an issuer granted: {@code scope} (RFC 7662 section 2.2, RFC 9068 section
 * 2.2.3), or else {@code scp}, in which Okta writes a list and Microsoft Entra a text. Both are
 * taken as one text with spaces between the scopes and as a list of texts.
 *
 * <p>Where {@code scope} is there, {@code scp} does not count. What is of another type grants
 * nothing.
 */
final class GrantedScopes {
  private GrantedScopes() {}

  static Set<String> in(Map<String, Object> claims) {
    Object scope = claims.get("scope");
    return words(scope != null ? scope : claims.get("scp"));
  }

  /** What is wrong with the claim that counts, lower-case and without values; null: nothing. */
  static @Nullable String problem(Map<String, Object> claims) {
    String name = claims.get("scope") != null ? "scope" : "scp";
    Object value = claims.get(name);
    return value == null || value instanceof String || isTexts(value)
        ? null
        : name + " is neither text nor a list of texts";
  }

  private static Set<String> words(@Nullable Object value) {
    Set<String> words = new LinkedHashSet<>();
    if (value instanceof String text) {
      words.addAll(List.of(text.split(" ", -1)));
    } else if (isTexts(value) && value instanceof Collection<?> texts) {
      texts.forEach(text -> words.add((String) text));
    }
    words.remove("");
    return Set.copyOf(words);
  }

  private static boolean isTexts(@Nullable Object value) {
    return value instanceof Collection<?> several
        && several.stream().allMatch(String.class::isInstance);
  }
}
