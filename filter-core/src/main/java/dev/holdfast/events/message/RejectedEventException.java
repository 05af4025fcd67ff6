package dev.holdfast.events.message;

/**
 * A message that is not taken. Its text names the rule and never quotes what broke it, so that it
 * may be sent to whoever delivered the message.
 */
public final class RejectedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong, by the registered names (RFC 8935 section 2.4). */
  public enum Reason {
    /** It is no such token, or an event in it is malformed. */
    INVALID_REQUEST("invalid_request"),
    /** No key of its issuer signed it by an algorithm that is taken. */
    INVALID_KEY("invalid_key"),
    /** Its issuer is no transmitter here. */
    INVALID_ISSUER("invalid_issuer"),
    /** It is for somebody else. */
    INVALID_AUDIENCE("invalid_audience"),
    /** Whoever delivered it did not authenticate. */
    AUTHENTICATION_FAILED("authentication_failed"),
    /** Its issuer may not say this. */
    ACCESS_DENIED("access_denied");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** The name as it is sent. */
    public String text() {
      return text;
    }
  }

  private final Reason reason;
  private final String rule;

  /**
   * A refusal.
   *
   * @param rule the broken rule, lower-case ASCII without quotes, without values
   */
  public RejectedEventException(Reason reason, String rule) {
    super(rule, null, false, false); // an expected outcome: no stack trace to pay for
    this.reason = reason;
    this.rule = rule;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }

  /** The broken rule. */
  public String rule() {
    return rule;
  }

  static RejectedEventException malformed(String rule) {
    return new RejectedEventException(Reason.INVALID_REQUEST, rule);
  }
}
