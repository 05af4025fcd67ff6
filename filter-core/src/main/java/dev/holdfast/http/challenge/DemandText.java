package dev.holdfast.http.challenge;

import dev.holdfast.Decision;
import dev.holdfast.Refusal;
import dev.holdfast.TokenRequirement;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a challenge says of the token that the client must get: {@code scope} (RFC 6750 section 3),
 * {@code acr_values} and {@code max_age} (RFC 9470 section 3). Each names the whole demand, granted
 * or not, because a client that asks for a part would come back with the other part missing.
 */
final class DemandText {
  private DemandText() {}

  /** Parameters of the challenge; empty where the refusal is about something else. */
  static String of(Decision.Refused refused) {
    boolean weak = refused.refusal() == Refusal.INSUFFICIENT_USER_AUTHENTICATION;
    if (refused.requirement() == null
        || (!weak && refused.refusal() != Refusal.INSUFFICIENT_SCOPE)) {
      return "";
    }
    TokenRequirement demanded = refused.requirement().token();
    StringJoiner text = new StringJoiner(", ");
    if (!weak || lacksScope(refused, demanded)) {
      text.add(words("scope", demanded.scopes()));
    }
    if (weak && demanded.acrValues() != null && !demanded.acrValues().isEmpty()) {
      text.add(words("acr_values", demanded.acrValues()));
    }
    if (weak && demanded.maxAuthenticationAge() != null) {
      text.add("max_age=\"" + demanded.maxAuthenticationAge().toSeconds() + '"');
    }
    return text.toString();
  }

  private static boolean lacksScope(Decision.Refused refused, TokenRequirement demanded) {
    return refused.token() != null && !refused.token().scopes().containsAll(demanded.scopes());
  }

  /** The words are of an alphabet that needs no escape. */
  private static String words(String name, List<String> words) {
    return name + "=\"" + String.join(" ", words) + '"';
  }
}
