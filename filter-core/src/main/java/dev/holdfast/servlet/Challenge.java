package dev.holdfast.servlet;

import dev.holdfast.Decision;
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

  /** The challenge that answers the decision, with the header fields that it brings. */
  public static Challenge of(Decision.Refused refused) {
    Challenge challenge = of(refused.refusal());
    if (refused.responseHeaders().isEmpty()) {
      return challenge;
    }
    Map<String, String> headers = new LinkedHashMap<>(challenge.headers());
    headers.putAll(refused.responseHeaders());
    return new Challenge(challenge.status(), headers);
  }

  private static Challenge make(Refusal refusal) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (refusal.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      headers.put("Retry-After", RETRY_AFTER_SECONDS);
    } else {
      headers.put("WWW-Authenticate", challenge(refusal));
    }
    headers.put("Cache-Control", "no-store");
    return new Challenge(refusal.status(), headers);
  }

  /** Errors of a DPoP proof come under its own scheme (RFC 9449 sections 7.1 and 9). */
  private static String challenge(Refusal refusal) {
    String error = refusal.error();
    if (error == null) {
      return "Bearer";
    }
    return switch (error) {
      case "invalid_request" ->
          challenge("Bearer", error, "exactly one well-formed credential is needed");
      case "invalid_dpop_proof" ->
          challenge("DPoP", error, "the DPoP proof is not valid for this request");
      case "use_dpop_nonce" ->
          challenge("DPoP", error, "the DPoP proof needs the nonce given here");
      default -> challenge("Bearer", error, "the access token is not valid for this request");
    };
  }

  private static String challenge(String scheme, String error, String description) {
    return scheme + " error=\"" + error + "\", error_description=\"" + description + "\"";
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
