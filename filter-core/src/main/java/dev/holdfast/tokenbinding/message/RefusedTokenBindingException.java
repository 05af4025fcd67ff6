package dev.holdfast.tokenbinding.message;

/**
 * A Token Binding message, ID or field that breaks a rule; nothing of it counts.
 *
 * <p>An expected outcome, so without a stack trace. The message is the rule, lower-case and fit for
 * a log: it never quotes what was received.
 */
public final class RefusedTokenBindingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  public RefusedTokenBindingException(String rule) {
    super(rule, null, false, false);
    this.rule = rule;
  }

  /** The rule that is broken, without values. */
  public String rule() {
    return rule;
  }
}
