package dev.holdfast;

import org.jspecify.annotations.Nullable;

/** What becomes of a request. Only {@link Allowed} reaches the application. */
public sealed interface Decision {

  /**
   * The request may pass.
   *
   * @param token what the issuer says of the presented token
   * @param binding the proven key that the token demanded, the first of several; null when the
   *     token demands none or its demands were not looked at here
   * @param reported what would have been refused if the policy were not {@code report-only}, or
   *     null
   */
  record Allowed(AccessToken token, @Nullable Binding binding, @Nullable Refusal reported)
      implements Decision {}

  /**
   * The request is refused.
   *
   * @param refusal the catalogue entry
   * @param detail the rule that was broken, lower-case, without values: for the log, never for the
   *     caller
   * @param token the verified token when the refusal came after verification, else null
   */
  record Refused(Refusal refusal, String detail, @Nullable AccessToken token) implements Decision {
    Refused(Refusal refusal) {
      this(refusal, refusal.text(), null);
    }
  }
}
