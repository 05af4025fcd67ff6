package dev.holdfast;

import dev.holdfast.internal.TokenDigester;
import org.jspecify.annotations.Nullable;

/**
 * An access token as the caller presented it: unverified, but exactly one, of a known scheme,
 * within the token68 alphabet and bounded. Made by {@link AuthorizationField#in}.
 *
 * <p>The text is never part of {@link #toString()}; caches are keyed by {@link #digest()}.
 */
public final class PresentedToken implements Presentation {
  /** The longest token that is looked at, in characters. */
  public static final int MAX_LENGTH = 16 * 1024;

  /**
   * The authentication scheme the token came under: {@code Bearer}, or the own one of a {@link
   * ConfirmationMethod}.
   */
  public static final class Scheme {
    /** RFC 6750; also the scheme of certificate-bound tokens (RFC 8705 section 3). */
    public static final Scheme BEARER = new Scheme("Bearer");

    private final String text;

    Scheme(String text) {
      this.text = text;
    }

    /** The scheme as it is written in a challenge. */
    public String text() {
      return text;
    }

    int length() {
      return text.length();
    }

    /** Whether the field value starts with it, in any case, as a whole word. */
    boolean begins(String field) {
      int length = length();
      return field.regionMatches(true, 0, text, 0, length)
          && (field.length() == length || !isSchemeCharacter(field.charAt(length)));
    }

    /** Characters that would make another, longer scheme name of it (RFC 9110 section 5.6.2). */
    private static boolean isSchemeCharacter(char character) {
      return character < 128
          && (Character.isLetterOrDigit(character) || "!#$%&'*+-.^_`|~".indexOf(character) >= 0);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final Scheme scheme;
  private final String field;
  private final int start;
  private final Sha256Digest digest;

  private PresentedToken(Scheme scheme, String field, int start, Sha256Digest digest) {
    this.scheme = scheme;
    this.field = field;
    this.start = start;
    this.digest = digest;
  }

  /** The token that {@code field} is from {@code start} on, or null when that is none. */
  static @Nullable PresentedToken in(String field, int start, Scheme scheme) {
    int length = field.length() - start;
    if (length < 1 || length > MAX_LENGTH) {
      return null;
    }
    Sha256Digest digest = TokenDigester.digest(field, start, Sha256Digest::ofBytes);
    return digest == null ? null : new PresentedToken(scheme, field, start, digest);
  }

  /** The same token, as if it had been presented under that scheme. */
  PresentedToken under(Scheme other) {
    return other == scheme ? this : new PresentedToken(other, field, start, digest);
  }

  /** The scheme it was presented under. */
  public Scheme scheme() {
    return scheme;
  }

  /** The token's text. Never log it, never use it as a key. */
  public String value() {
    return field.substring(start);
  }

  /** Whether the text has the shape of a compact JWS: three parts between two dots. */
  public boolean hasJwtShape() {
    int firstDot = field.indexOf('.', start);
    int secondDot = firstDot < 0 ? -1 : field.indexOf('.', firstDot + 1);
    return secondDot > 0 && field.indexOf('.', secondDot + 1) < 0;
  }

  /** SHA-256 over the whole text, the name under which a cache knows the token. */
  public Sha256Digest digest() {
    return digest;
  }

  /** The token that has this text, for tests and for callers outside a request. */
  public static PresentedToken of(Scheme scheme, String value) {
    PresentedToken token = in(value, 0, scheme);
    if (token == null) {
      throw new IllegalArgumentException("a token is a token68 of at most 16384 characters");
    }
    return token;
  }

  @Override
  public String toString() {
    return scheme.text() + " " + digest;
  }
}
