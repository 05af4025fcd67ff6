package dev.holdfast.http;

import java.util.regex.Pattern;

/**
 * The address of the resource's metadata in a challenge that somebody else wrote (RFC 9728 section
 * 5.1). It takes the place of any other, which a framework may have made from the request's {@code
 * Host}.
 */
public final class MetadataParameter {
  private static final String NAME = "resource_metadata";

  /** With a comma before it, where one is there. */
  private static final Pattern OTHER =
      Pattern.compile("(^|,)\\s*" + NAME + "\\s*=\\s*(\"[^\"]*\"|[^\",\\s]+)\\s*");

  private static final Pattern FIRST_COMMA = Pattern.compile("^\\s*,\\s*");

  private MetadataParameter() {}

  /**
   * The challenge with this address, and no other.
   *
   * @param challenge one scheme with its parameters, or without any
   */
  public static String in(String challenge, String address) {
    String trimmed = challenge.trim();
    int space = trimmed.indexOf(' ');
    String scheme = space < 0 ? trimmed : trimmed.substring(0, space);
    String others = OTHER.matcher(trimmed.substring(scheme.length()).trim()).replaceAll("");
    String own = FIRST_COMMA.matcher(others).replaceFirst("").trim();
    return scheme + ' ' + (own.isEmpty() ? "" : own + ", ") + NAME + "=\"" + address + '"';
  }
}
