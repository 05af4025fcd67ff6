package dev.holdfast.jwt;

/** A token that breaks a rule. The message names the rule and never quotes the token. */
final class UnacceptableJwtException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  UnacceptableJwtException(String rule) {
    super(rule, null, false, false); // an expected outcome: no stack trace to pay for
    this.rule = rule;
  }

  String rule() {
    return rule;
  }
}
