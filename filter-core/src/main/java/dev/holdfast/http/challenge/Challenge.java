package dev.holdfast.http.challenge;

import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Refusal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal as HTTP (RFC 6750 section 3, RFC 9449 section 7.1). It says the same to everyone: one
 * text for each error code, whatever the cause, and no body.
 *
 * @param status the HTTP status
 * @param authenticate the values of {@code WWW-Authenticate}, a field for each
 * @param headers the other fields, by name, in this order
 */
public record Challenge(int status, List<String> authenticate, Map<String, String> headers) {
  private static final int UNAVAILABLE = 503;
  private static final String RETRY_AFTER_SECONDS = "5";

  /** Copies the headers. */
  public Challenge {
    authenticate = List.copyOf(authenticate);
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * The challenge that answers {@code refusal} where {@code Bearer} is the only scheme that is
   * taken. {@link Challenges} knows the others.
   */
  public static Challenge of(Refusal refusal) {
    return of(refusal, List.of(ChallengeText.of(Scheme.BEARER, refusal, "", null)), Map.of());
  }

  /** With these challenges, where the status has any, and these further fields. */
  static Challenge of(Refusal refusal, List<String> authenticate, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>();
    boolean unavailable = refusal.status() == UNAVAILABLE;
    if (unavailable) {
      headers.put("Retry-After", RETRY_AFTER_SECONDS);
    }
    headers.put("Cache-Control", "no-store");
    headers.putAll(more);
    return new Challenge(refusal.status(), unavailable ? List.of() : authenticate, headers);
  }
}
