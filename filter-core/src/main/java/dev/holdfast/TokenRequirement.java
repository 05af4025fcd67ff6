package dev.holdfast;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a token must say beside its binding: which scopes were granted (RFC 6749 section 3.3), and
 * how and when its user authenticated (RFC 9470).
 *
 * @param scopes each of them must be granted; empty demands none
 * @param maxAuthenticationAge how long ago the user may have authenticated, in whole seconds; null:
 *     it does not matter
 * @param acrValues one of them must be the token's {@code acr}, the preferred one first; null: it
 *     does not matter; empty: no {@code acr} is good enough, which is what remains when a request
 *     could be read in two ways that have no value in common
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9470">RFC 9470</a>
 */
public record TokenRequirement(
    List<String> scopes,
    @Nullable Duration maxAuthenticationAge,
    @Nullable List<String> acrValues) {
  /** Nothing is demanded beside the binding. */
  public static final TokenRequirement NONE = new TokenRequirement(List.of(), null, null);

  /** A scope (RFC 6749 section 3.3); what a challenge can say of an acr value is the same. */
  private static final Pattern WORD = Pattern.compile("[!#-\\[\\]-~]+");

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException for a scope or an acr value that is no word or stands there
   *     twice, and for an age that is not positive or not of whole seconds
   */
  public TokenRequirement {
    scopes = words(scopes);
    acrValues = acrValues == null ? null : words(acrValues);
    if (maxAuthenticationAge != null
        && (maxAuthenticationAge.toSeconds() < 1
            || !maxAuthenticationAge.equals(
                Duration.ofSeconds(maxAuthenticationAge.toSeconds())))) {
      throw new IllegalArgumentException("an age is one second or more, in whole seconds");
    }
  }

  private static List<String> words(List<String> words) {
    List<String> copy = List.copyOf(words);
    if (new HashSet<>(copy).size() != copy.size()
        || !copy.stream().allMatch(TokenRequirement::isWord)) {
      throw new IllegalArgumentException(
          "scopes and acr values are words of RFC 6749 section 3.3, each of them once");
    }
    return copy;
  }

  /** Whether it can be a scope, or an acr value: printable ASCII without spaces and quotes. */
  public static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  /** Whether it demands nothing. */
  public boolean isNone() {
    return scopes.isEmpty() && maxAuthenticationAge == null && acrValues == null;
  }

  /** This one, and where it does not name something, what the defaults have. */
  public TokenRequirement over(TokenRequirement defaults) {
    return defaults.isNone()
        ? this
        : new TokenRequirement(
            scopes.isEmpty() ? defaults.scopes : scopes,
            maxAuthenticationAge == null ? defaults.maxAuthenticationAge : maxAuthenticationAge,
            acrValues == null ? defaults.acrValues : acrValues);
  }

  /** One that only those tokens meet that meet both. */
  public TokenRequirement and(TokenRequirement that) {
    if (that.isNone() || equals(that)) {
      return this;
    }
    return isNone()
        ? that
        : new TokenRequirement(
            union(scopes, that.scopes),
            lesser(maxAuthenticationAge, that.maxAuthenticationAge),
            common(acrValues, that.acrValues));
  }

  private static List<String> union(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    more.stream().filter(scope -> !some.contains(scope)).forEach(all::add);
    return all;
  }

  private static @Nullable Duration lesser(@Nullable Duration one, @Nullable Duration other) {
    return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
  }

  private static @Nullable List<String> common(
      @Nullable List<String> some, @Nullable List<String> others) {
    if (some == null || others == null) {
      return some == null ? others : some;
    }
    return some.stream().filter(others::contains).toList();
  }
}
