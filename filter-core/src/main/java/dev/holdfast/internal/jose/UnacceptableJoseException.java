package dev.holdfast.internal.jose;

/** A JWS or a JWK that breaks a rule. The message names the rule and never quotes what broke it. */
public final class UnacceptableJoseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  /** The broken rule, lower-case, without values. */
  public UnacceptableJoseException(String rule) {
    super(rule, null, false, false); // an expected outcome: no stack trace to pay for
    this.rule = rule;
  }

  /** The broken rule. */
  public String rule() {
    return rule;
  }

  /** Refuses what does not hold. */
  public static void require(boolean holds, String rule) throws UnacceptableJoseException {
    if (!holds) {
      throw new UnacceptableJoseException(rule);
    }
  }
}
