package dev.holdfast.spring;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A response on which whoever challenges for {@code Bearer}, the application's own entry point most
 * often, offers DPoP too: the chain takes both schemes (RFC 9449 section 7.1).
 */
final class DpopOffer extends HttpServletResponseWrapper {
  private static final String HEADER = "WWW-Authenticate";

  private final String challenge;

  /**
   * A response with this offer.
   *
   * @param challenge {@code DPoP algs="…"}
   */
  DpopOffer(HttpServletResponse response, String challenge) {
    super(response);
    this.challenge = challenge;
  }

  @Override
  public void setHeader(String name, String value) {
    super.setHeader(name, value);
    offer(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    if (!name.equalsIgnoreCase(HEADER) || !getHeaders(HEADER).contains(value)) {
      super.addHeader(name, value);
    }
    offer(name, value);
  }

  private void offer(String name, String value) {
    if (name.equalsIgnoreCase(HEADER)
        && begins(value, "Bearer")
        && getHeaders(HEADER).stream().noneMatch(other -> begins(other, "DPoP"))) {
      super.addHeader(HEADER, challenge);
    }
  }

  private static boolean begins(String value, String scheme) {
    return value != null && value.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
