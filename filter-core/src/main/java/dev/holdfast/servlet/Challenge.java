package dev.holdfast.servlet;

import dev.holdfast.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal as HTTP (RFC 6750 section 3). It says the same to everyone: one text for each error
 * code, whatever the cause, and no body.
 *
 * @param status the HTTP status
 * @param headers what goes before it, in this order
 */
public record Challenge(int status, Map<String, String> headers) {
  private static final String RETRY_AFTER_SECONDS = "5";
  private static final Map<Refusal, Challenge> ALL = new EnumMap<>(Refusal.class);

  static {
    for (Refusal refusal : Refusal.values()) {
      ALL.put(refusal, make(refusal));
    }
  }

  /** Copies the headers. */
  public Challenge {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The challenge that answers {@code refusal}. */
  public static Challenge of(Refusal refusal) {
    Challenge challenge = ALL.get(refusal);
    if (challenge == null) {
      throw new IllegalStateException("every refusal has its challenge");
    }
    return challenge;
  }

  private static Challenge make(Refusal refusal) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (refusal.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      headers.put("Retry-After", RETRY_AFTER_SECONDS);
    } else {
      headers.put("WWW-Authenticate", bearer(refusal));
    }
    headers.put("Cache-Control", "no-store");
    return new Challenge(refusal.status(), headers);
  }

  private static String bearer(Refusal refusal) {
    String error = refusal.error();
    if (error == null) {
      return "Bearer";
    }
    String description =
        error.equals("invalid_request")
            ? "exactly one well-formed credential is needed"
            : "the access token is not valid for this request";
    return "Bearer error=\"" + error + "\", error_description=\"" + description + "\"";
  }

  /**
   * Writes it: headers, then the status, and nothing else. {@code sendError} is not called, so that
   * no error page of the application answers for a request that may not reach it. A response that
   * is committed, or that belongs to an including resource, takes no status any more and is left
   * alone.
   */
  public void writeTo(HttpServletResponse response) {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    headers.forEach(response::setHeader);
    response.setStatus(status);
    response.setContentLength(0);
  }
}
