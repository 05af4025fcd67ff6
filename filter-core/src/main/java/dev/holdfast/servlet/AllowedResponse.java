package dev.holdfast.servlet;

import dev.holdfast.Decision;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Map;

/**
 * The response to a request that was allowed, with the header fields of the decision, a fresh
 * {@code DPoP-Nonce} most often. No cache may keep such a response, because the nonce is for this
 * client alone (RFC 9449 section 8.2): what the application says in {@code Cache-Control} is not
 * heard.
 */
public final class AllowedResponse extends HttpServletResponseWrapper {
  private static final String CACHE_CONTROL = "Cache-Control";

  private final Map<String, String> fields;

  private AllowedResponse(HttpServletResponse response, Map<String, String> fields) {
    super(response);
    this.fields = fields;
    write();
  }

  /** The response for this decision; itself where the decision brings no header field. */
  public static HttpServletResponse of(Decision.Allowed allowed, HttpServletResponse response) {
    return allowed.responseHeaders().isEmpty()
        ? response
        : new AllowedResponse(response, allowed.responseHeaders());
  }

  private void write() {
    fields.forEach(super::setHeader);
    super.setHeader(CACHE_CONTROL, "no-store");
  }

  @Override
  public void setHeader(String name, String value) {
    if (!CACHE_CONTROL.equalsIgnoreCase(name)) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (!CACHE_CONTROL.equalsIgnoreCase(name)) {
      super.addHeader(name, value);
    }
  }

  /** The decision's fields stay. */
  @Override
  public void reset() {
    super.reset();
    write();
  }
}
