package dev.holdfast.cookie;

/**
 * Where and how long a cookie holds: the attributes that its companion shares with it, as {@code
 * Set-Cookie} spells them, without {@code Secure} and {@code HttpOnly}, which both always have.
 *
 * <p>The companion carries its scope, so that it can be issued again with the same one.
 *
 * @param attributes for example {@code Path=/; SameSite=Lax}; printable ASCII, at most 512
 *     characters; empty when there are none
 */
public record CookieScope(String attributes) {
  static final int MAX_CHARACTERS = 512;

  /** Refuses what could not stand in a header. */
  public CookieScope {
    if (attributes.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException("a cookie's attributes are too long");
    }
    if (!attributes.chars().allMatch(character -> character >= ' ' && character < 127)) {
      throw new IllegalArgumentException("a cookie's attributes are not printable ascii");
    }
  }

  /** The companion's {@code Set-Cookie} value with this scope. */
  public String setCookie(String name, String value) {
    return name
        + '='
        + value
        + (attributes.isEmpty() ? "" : "; " + attributes)
        + "; Secure; HttpOnly";
  }
}
