package dev.holdfast.http;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers in which only a trusted proxy is believed, and the one by which it shows that it is
 * trusted.
 *
 * <p>Many programs take {@code Client_Cert} for {@code Client-Cert}, so that a proxy which removes
 * the one lets the other through. A name that differs from one of these in its punctuation alone is
 * its twin: nobody is believed in it, and no application sees it.
 */
public final class BelievedHeaders {
  private final List<String> names;
  private final @Nullable String secret;

  BelievedHeaders(Collection<String> names, @Nullable String secret) {
    this.names = List.copyOf(names);
    this.secret = secret;
  }

  /** Whether nobody is believed in any header. */
  boolean areNone() {
    return names.isEmpty();
  }

  /** Their names, without the secret one. */
  @Override
  public String toString() {
    return String.join(", ", names);
  }

  /** Whether the application must not see this header of that peer. */
  boolean hides(String name, boolean trusted) {
    if (secret != null && isTwin(name, secret)) {
      return true;
    }
    for (int i = 0; i < names.size(); i++) { // no iterator: often per request
      if (isTwin(name, names.get(i)) && !(trusted && name.equalsIgnoreCase(names.get(i)))) {
        return true;
      }
    }
    return false;
  }

  /** Whether this is one of them, or the secret one, in whatever spelling. */
  public boolean names(String name) {
    if (secret != null && isTwin(name, secret)) {
      return true;
    }
    return names.stream().anyMatch(believed -> isTwin(name, believed));
  }

  /** The first header here that the request has in whatever spelling, or null. */
  @Nullable String in(ReceivedRequest request) {
    Iterator<String> sent = request.headerNames();
    while (sent.hasNext()) {
      String name = sent.next();
      for (String believed : names) {
        if (isTwin(name, believed)) {
          return believed;
        }
      }
    }
    return null;
  }

  /** Equal but for case and for which characters stand between letters and digits. */
  private static boolean isTwin(String name, String believed) {
    if (name.length() != believed.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (folded(name.charAt(i)) != folded(believed.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static char folded(char character) {
    if (character >= 'A' && character <= 'Z') {
      return (char) (character | 0x20);
    }
    boolean plain =
        (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    return plain ? character : '-';
  }
}
