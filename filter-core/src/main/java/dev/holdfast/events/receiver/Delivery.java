package dev.holdfast.events.receiver;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a request to the receiver, but for its body.
 *
 * @param method the HTTP method
 * @param contentTypes every value of {@code Content-Type}
 * @param authorizations every value of {@code Authorization}
 */
public record Delivery(String method, List<String> contentTypes, List<String> authorizations) {

  /** What is delivered. */
  enum Kind {
    /** RFC 8935 section 2.1. */
    SECURITY_EVENT,
    /** OpenID Connect Back-Channel Logout 1.0 section 2.5. */
    LOGOUT
  }

  /** Copies the lists. */
  public Delivery {
    contentTypes = List.copyOf(contentTypes);
    authorizations = List.copyOf(authorizations);
  }

  boolean isPost() {
    return method.equals("POST");
  }

  /** Null for a media type that is none of the two, and where there are several. */
  @Nullable Kind kind() {
    if (contentTypes.size() != 1) {
      return null;
    }
    String type = contentTypes.get(0).split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "application/secevent+jwt" -> Kind.SECURITY_EVENT;
      case "application/x-www-form-urlencoded" -> Kind.LOGOUT;
      default -> null;
    };
  }

  /** Nothing of a credential. */
  @Override
  public String toString() {
    return "Delivery[" + method + ", " + contentTypes + "]";
  }
}
