package dev.holdfast.events.receiver;

import dev.holdfast.events.message.RejectedEventException;
import dev.holdfast.events.message.RejectedEventException.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The form in which a logout token comes (OpenID Connect Back-Channel Logout 1.0 section 2.5). */
final class LogoutForm {
  private static final String NAME = "logout_token";

  private LogoutForm() {}

  /** The one logout token; other parameters are ignored. */
  static String token(String form) throws RejectedEventException {
    String found = null;
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && NAME.equals(decoded(pair.substring(0, equals)))) {
        if (found != null) {
          throw malformed("there are several logout tokens");
        }
        found = decoded(pair.substring(equals + 1));
        if (found == null) {
          throw malformed("the form is malformed");
        }
      }
    }
    if (found == null) {
      throw malformed("there is no logout_token");
    }
    return found;
  }

  private static @Nullable String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static RejectedEventException malformed(String rule) {
    return new RejectedEventException(Reason.INVALID_REQUEST, rule);
  }
}
