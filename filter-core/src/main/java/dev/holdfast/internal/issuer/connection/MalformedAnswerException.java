package dev.holdfast.internal.issuer.connection;

import java.io.IOException;

/** The other side does not speak HTTP as RFC 9112 has it, or says more than is taken. */
public final class MalformedAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which rule, without a value. */
  MalformedAnswerException(String rule) {
    super(rule);
  }

  public static MalformedAnswerException tooLong(long maxBodyBytes) {
    return new MalformedAnswerException("the body is longer than " + maxBodyBytes + " bytes");
  }
}
