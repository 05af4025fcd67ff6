package dev.holdfast.http.challenge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of the resource's metadata in a challenge that somebody else wrote (RFC 9728 section
 * 5.1). It takes the place of any other, which a framework may have made from the request's {@code
 * Host}.
 */
public final class MetadataParameter {
  private static final String NAME = "resource_metadata";
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** RFC 9110 section 5.6.4: no control characters, not even behind a backslash. */
  private static final String QUOTED = "\"(?:[^\"\\\\\\p{Cntrl}]|\t|\\\\(?:\\P{Cntrl}|\t))*+\"";

  /** RFC 9110 section 11.2; the name's letters have any case. */
  private static final Pattern PARAMETER =
      Pattern.compile("(" + TOKEN + ")[ \t]*=[ \t]*(?:" + TOKEN + '|' + QUOTED + ")");

  private static final Pattern SCHEME = Pattern.compile(TOKEN);

  private static final Pattern SEPARATOR = Pattern.compile("[ \t]*(?:,[ \t]*)*");

  private MetadataParameter() {}

  /**
   * The challenge with this address, and no other. If its parameters cannot be read as such, the
   * address is the only one.
   *
   * @param challenge one scheme with its parameters, or without any
   * @param address a URI, which needs no escape in a quoted string
   * @return the challenge as a field value (RFC 9110 section 11.6.1)
   * @throws IllegalArgumentException if the challenge does not begin with a scheme
   */
  public static String in(String challenge, String address) {
    Matcher scheme = SCHEME.matcher(challenge);
    if (!scheme.lookingAt()) {
      throw new IllegalArgumentException("a challenge begins with its scheme");
    }
    String rest = challenge.substring(scheme.end());
    List<String> parameters = new ArrayList<>(rest.startsWith(" ") ? others(rest) : List.of());
    parameters.add(NAME + "=\"" + address + '"');
    return scheme.group() + ' ' + String.join(", ", parameters);
  }

  /** Read one after the other: a name in the middle of a quoted string is none. */
  private static List<String> others(String text) {
    List<String> others = new ArrayList<>();
    Matcher parameter = PARAMETER.matcher(text);
    Matcher separator = SEPARATOR.matcher(text);
    int at = end(separator, 0);
    while (at < text.length()) {
      parameter.region(at, text.length());
      if (!parameter.lookingAt()) {
        return List.of();
      }
      if (!parameter.group(1).equalsIgnoreCase(NAME)) {
        others.add(parameter.group());
      }
      int next = end(separator, parameter.end());
      if (next < text.length() && text.substring(parameter.end(), next).indexOf(',') < 0) {
        return List.of();
      }
      at = next;
    }
    return others;
  }

  private static int end(Matcher separator, int from) {
    separator.region(from, separator.regionEnd());
    return separator.lookingAt() ? separator.end() : from;
  }
}
