package dev.holdfast;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The issuer cannot be asked about a token: its keys or its introspection endpoint are out of
 * reach, too slow, or answer nonsense. Answered with 503 and {@code Retry-After}; never taken for a
 * statement about the token, and never cached.
 */
public final class IssuerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String issuer;
  private final @Nullable Duration retryAfter;

  /**
   * Says why.
   *
   * @param rule what failed, lower-case, without values: no token, no credential
   */
  public IssuerUnavailableException(String rule, @Nullable Throwable cause) {
    this(rule, cause, null);
  }

  /**
   * Says why, and for how long the issuer has asked to be left alone.
   *
   * @param rule what failed, lower-case, without values: no token, no credential
   * @param retryAfter null where it has not
   */
  public IssuerUnavailableException(
      String rule, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(rule, cause);
    this.issuer = null;
    this.retryAfter = retryAfter;
  }

  private IssuerUnavailableException(IssuerUnavailableException unnamed, String issuer) {
    super(unnamed.getMessage(), unnamed);
    this.issuer = issuer;
    this.retryAfter = unnamed.retryAfter;
  }

  /** The same, with the issuer that cannot be asked, unless it is known already. */
  public IssuerUnavailableException of(String name) {
    return issuer == null ? new IssuerUnavailableException(this, name) : this;
  }

  /**
   * The issuer as the settings name it, or its endpoint, or null where nobody knows. For the log.
   */
  public @Nullable String issuer() {
    return issuer;
  }

  /** For how long the issuer has asked to be left alone; null where it has not. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The rule, and of which issuer, for the log. */
  public String detail() {
    String rule = String.valueOf(getMessage());
    return issuer == null ? rule : rule + ": " + issuer;
  }

  /**
   * What this failure says of an issuer's outage, named.
   *
   * @param failure of a future: the exception itself or a wrapper
   * @return any other failure as it is
   */
  public static Throwable named(Throwable failure, String issuer) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof IssuerUnavailableException outage ? outage.of(issuer) : cause;
  }
}
