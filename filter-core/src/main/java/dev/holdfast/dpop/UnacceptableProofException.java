package dev.holdfast.dpop;

/**
 * A proof that breaks a rule. The message names the rule and never quotes the proof, but for the
 * seconds by which a time is off.
 */
final class UnacceptableProofException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  UnacceptableProofException(String rule) {
    super(rule, null, false, false); // an expected outcome: no stack trace to pay for
    this.rule = rule;
  }

  String rule() {
    return rule;
  }

  static void require(boolean holds, String rule) throws UnacceptableProofException {
    if (!holds) {
      throw new UnacceptableProofException(rule);
    }
  }
}
