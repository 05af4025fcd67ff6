package dev.holdfast.spring.answers;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.List;

/**
 * A response on which whoever challenges for {@code Bearer}, the application's own entry point most
 * often, offers the other schemes too that the chain takes (RFC 9449 section 7.1).
 */
public final class SchemeOffer extends HttpServletResponseWrapper {
  private static final String HEADER = "WWW-Authenticate";

  private final List<String> challenges;

  /**
   * A response with these offers.
   *
   * @param challenges one for each scheme, {@code DPoP algs="…"} for example
   */
  public SchemeOffer(HttpServletResponse response, List<String> challenges) {
    super(response);
    this.challenges = List.copyOf(challenges);
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
    if (!name.equalsIgnoreCase(HEADER) || !begins(value, "Bearer")) {
      return;
    }
    for (String challenge : challenges) {
      String scheme = challenge.split(" ", 2)[0];
      if (getHeaders(HEADER).stream().noneMatch(other -> begins(other, scheme))) {
        super.addHeader(HEADER, challenge);
      }
    }
  }

  private static boolean begins(String value, String scheme) {
    return value != null && value.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
