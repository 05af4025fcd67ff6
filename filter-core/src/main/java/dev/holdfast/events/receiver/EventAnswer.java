package dev.holdfast.events.receiver;

import dev.holdfast.events.message.RejectedEventException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an edge writes in answer to a delivery. A client that is no transmitter learns from it that
 * there is a receiver, and nothing of anybody's events.
 *
 * @param status the HTTP status
 * @param headers all header fields, by name, in this order
 * @param body ASCII; may be empty
 */
public record EventAnswer(int status, Map<String, String> headers, String body) {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final int UNAVAILABLE = 503;

  /** Copies the headers. */
  public EventAnswer {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** RFC 8935 section 2.2. */
  static EventAnswer accepted() {
    return of(ACCEPTED, "");
  }

  /** OpenID Connect Back-Channel Logout 1.0 section 2.8. */
  static EventAnswer loggedOut() {
    return of(OK, "");
  }

  /** RFC 8935 section 2.3. */
  static EventAnswer rejected(RejectedEventException rejected) {
    return of(BAD_REQUEST, "err", "description", rejected.reason().text(), rejected.rule());
  }

  /** OpenID Connect Back-Channel Logout 1.0 section 2.8, with the members of RFC 6749. */
  static EventAnswer notLoggedOut(RejectedEventException rejected) {
    return of(BAD_REQUEST, "error", "error_description", "invalid_request", rejected.rule());
  }

  /** Whoever pushed did not authenticate (RFC 9110 section 15.5.2). */
  static EventAnswer unauthenticated(String scheme, RejectedEventException rejected) {
    return of(UNAUTHORIZED, "err", "description", rejected.reason().text(), rejected.rule())
        .with("WWW-Authenticate", scheme.equals("Basic") ? "Basic realm=\"events\"" : scheme);
  }

  static EventAnswer methodNotAllowed() {
    return of(METHOD_NOT_ALLOWED, "").with("Allow", "POST");
  }

  static EventAnswer unsupportedType() {
    return of(
            UNSUPPORTED_MEDIA_TYPE,
            "err",
            "description",
            "invalid_request",
            "the media type is neither application/secevent+jwt nor that of a form")
        .with("Accept-Post", "application/secevent+jwt, application/x-www-form-urlencoded");
  }

  static EventAnswer tooLarge() {
    return of(CONTENT_TOO_LARGE, "err", "description", "invalid_request", "the body is too large");
  }

  /** The transmitter's keys, or the store of revocations, cannot be asked: it delivers again. */
  static EventAnswer unavailable() {
    return of(UNAVAILABLE, "").with("Retry-After", "5");
  }

  private static EventAnswer of(
      int status, String codeName, String textName, String code, String text) {
    return of(
            status, "{\"" + codeName + "\":\"" + code + "\",\"" + textName + "\":\"" + text + "\"}")
        .with("Content-Type", "application/json")
        .with("Content-Language", "en");
  }

  private static EventAnswer of(int status, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Content-Length", String.valueOf(body.length()));
    return new EventAnswer(status, headers, body);
  }

  private EventAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new EventAnswer(status, more, body);
  }
}
