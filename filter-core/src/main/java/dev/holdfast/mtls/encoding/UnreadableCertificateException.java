package dev.holdfast.mtls.encoding;

/** A header that breaks a rule. The message names the rule and never quotes the header. */
public final class UnreadableCertificateException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  public UnreadableCertificateException(String rule) {
    super(rule, null, false, false); // an expected outcome: no stack trace to pay for
    this.rule = rule;
  }

  public String rule() {
    return rule;
  }
}
