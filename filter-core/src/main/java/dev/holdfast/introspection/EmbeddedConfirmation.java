package dev.holdfast.introspection;

import dev.holdfast.Confirmation;
import dev.holdfast.PresentedToken;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code cnf} inside an introspected token that happens to be a JWT. It is unverified, so it
 * never replaces what the issuer answers; but where the two differ, one of them is wrong.
 */
final class EmbeddedConfirmation {
  private EmbeddedConfirmation() {}

  /**
   * Whether the token is a JWT with a {@code cnf} that demands something else, or one that says
   * that it is bound while the issuer's answer names no key.
   */
  static boolean contradicts(PresentedToken token, Map<String, Object> introspected) {
    Map<String, Object> embedded = claimsOf(token);
    if (embedded == null || Confirmation.of(embedded) instanceof Confirmation.Unbound) {
      return false;
    }
    Confirmation answered = Confirmation.of(introspected);
    return embedded.containsKey("cnf")
        ? !Confirmation.of(embedded).equals(answered)
        : answered instanceof Confirmation.Unbound;
  }

  /** The payload of a compact JWS, or null when the token is something else. */
  private static @Nullable Map<String, Object> claimsOf(PresentedToken token) {
    if (!token.hasJwtShape()) {
      return null;
    }
    String text = token.value();
    int firstDot = text.indexOf('.');
    int secondDot = text.lastIndexOf('.');
    byte @Nullable [] payload = Base64Url.decode(text.substring(firstDot + 1, secondDot));
    if (payload == null
        || Base64Url.decode(text.substring(0, firstDot)) == null
        || Base64Url.decode(text.substring(secondDot + 1)) == null) {
      return null;
    }
    try {
      return StrictJson.parseObject(payload);
    } catch (MalformedJsonException opaque) {
      return null;
    }
  }
}
