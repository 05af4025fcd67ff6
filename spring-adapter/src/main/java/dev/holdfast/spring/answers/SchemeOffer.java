package dev.holdfast.spring.answers;

import dev.holdfast.http.challenge.MetadataParameter;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response on which whoever challenges for {@code Bearer}, the application's own entry point most
 * often, offers the other schemes too that the chain takes (RFC 9449 section 7.1). If Holdfast
 * serves the resource's metadata, its address stands there in place of any other: Spring Security's
 * own has the {@code Host} of the request in it.
 */
public final class SchemeOffer extends HttpServletResponseWrapper {
  private static final String HEADER = "WWW-Authenticate";
  private static final String BEARER = "Bearer";

  private final List<String> challenges;
  private final @Nullable String metadata;

  /**
   * A response with these offers.
   *
   * @param challenges one for each scheme, {@code DPoP algs="…"} for example
   * @param metadata the address of the resource's metadata; null: Holdfast serves none
   */
  public SchemeOffer(
      HttpServletResponse response, List<String> challenges, @Nullable String metadata) {
    super(response);
    this.challenges = List.copyOf(challenges);
    this.metadata = metadata;
  }

  @Override
  public void setHeader(String name, String value) {
    super.setHeader(name, described(name, value));
    offer(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    String described = described(name, value);
    if (!name.equalsIgnoreCase(HEADER) || !getHeaders(HEADER).contains(described)) {
      super.addHeader(name, described);
    }
    offer(name, value);
  }

  private void offer(String name, String value) {
    if (!name.equalsIgnoreCase(HEADER) || !begins(value, BEARER)) {
      return;
    }
    for (String challenge : challenges) {
      String scheme = challenge.split(" ", 2)[0];
      if (getHeaders(HEADER).stream().noneMatch(other -> begins(other, scheme))) {
        super.addHeader(HEADER, challenge);
      }
    }
  }

  /** With the address of Holdfast's metadata alone, where it is a challenge for Bearer. */
  private String described(String name, String value) {
    return metadata == null || !name.equalsIgnoreCase(HEADER) || !begins(value, BEARER)
        ? value
        : MetadataParameter.in(value, metadata);
  }

  private static boolean begins(String value, String scheme) {
    return value != null && value.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
