package dev.holdfast.tokenbinding;

import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import java.util.List;

/** The request's fields that both sources look at, by the rules that both share. */
final class Fields {
  static final String MESSAGE = "Sec-Token-Binding";

  private static final TokenBindingState.Refused NOT_ONE =
      new TokenBindingState.Refused(
          Refusal.MALFORMED_CREDENTIALS, "there is more than one sec-token-binding");
  private static final TokenBindingState.Refused EARLY =
      refused("a token binding is not used with early data");

  private Fields() {}

  /** Two fields, or one that is a list: 400, whether or not it counts (RFC 8473 section 2). */
  static boolean isNotOne(List<String> messages) {
    return messages.size() > 1 || (messages.size() == 1 && messages.get(0).indexOf(',') >= 0);
  }

  static TokenBindingState.Refused notOne() {
    return NOT_ONE;
  }

  /**
   * Whether the request came, or may have come, in TLS early data, which can be replayed
   * (draft-ietf-tokbind-tls13-03 section 3). Every value counts as 1 (RFC 8470 section 5.1).
   */
  static boolean isEarly(RequestEvidence evidence) {
    return !evidence.headers("Early-Data").isEmpty();
  }

  static TokenBindingState.Refused early() {
    return EARLY;
  }

  static TokenBindingState.Refused refused(String rule) {
    return new TokenBindingState.Refused(Refusal.BINDING_NOT_PROVEN, rule);
  }
}
