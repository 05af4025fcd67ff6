package dev.holdfast;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer's own word says that a token is: {@code token_type} (RFC 7662 section 2.2), {@code
 * typ} (Keycloak), {@code token_use} (Amazon Cognito, Ory Hydra), {@code tokenName} (PingAM).
 *
 * <p>Words are compared in any case, with {@code -} for {@code _}, and without white space around
 * them, the prefix of RFC 8693's identifiers or {@code application/}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-2.2.1">RFC 8693, section 2.2.1</a>
 */
public enum TokenKind {
  /** An access token that is sent under {@code Bearer}; a certificate-bound one is one of these. */
  ACCESS_TOKEN,
  /** An access token that only the holder of a key may use: its {@code cnf} must name the key. */
  BOUND_ACCESS_TOKEN,
  /** Another kind of token, which no API takes. */
  OTHER_TOKEN,
  /** A word that is not known here, or no text. */
  UNKNOWN;

  private static final Map<String, TokenKind> WORDS =
      Map.ofEntries(
          Map.entry("bearer", ACCESS_TOKEN),
          Map.entry("bearertoken", ACCESS_TOKEN), // Apigee
          Map.entry("access_token", ACCESS_TOKEN), // Salesforce, Ory Hydra, PingAM
          Map.entry("access", ACCESS_TOKEN), // Amazon Cognito, Django
          Map.entry("at+jwt", ACCESS_TOKEN),
          Map.entry("pop", BOUND_ACCESS_TOKEN),
          Map.entry("mac", BOUND_ACCESS_TOKEN),
          Map.entry("n_a", OTHER_TOKEN), // RFC 8693: not an access token
          Map.entry("refresh_token", OTHER_TOKEN),
          Map.entry("refresh", OTHER_TOKEN),
          Map.entry("offline", OTHER_TOKEN), // Keycloak's refresh token of an offline session
          Map.entry("id_token", OTHER_TOKEN),
          Map.entry("id", OTHER_TOKEN),
          Map.entry("logout", OTHER_TOKEN),
          Map.entry("logout_token", OTHER_TOKEN),
          Map.entry("saml1", OTHER_TOKEN),
          Map.entry("saml2", OTHER_TOKEN));

  /** The members in which issuers say it. */
  public static final List<String> MEMBERS = List.of("token_type", "typ", "token_use", "tokenName");

  private static final String IDENTIFIERS = "urn:ietf:params:oauth:token-type:";
  private static final String MEDIA_TYPES = "application/";

  /**
   * What this member says.
   *
   * @param claims as a JSON parser gives them
   * @return null where it says nothing: it is absent, null, or names the form {@code JWT} alone
   */
  public static @Nullable TokenKind stated(Map<String, ? extends Object> claims, String member) {
    Object value = claims.get(member);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      return UNKNOWN;
    }
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.startsWith(IDENTIFIERS)) {
      word = word.substring(IDENTIFIERS.length());
    } else if (word.startsWith(MEDIA_TYPES)) {
      word = word.substring(MEDIA_TYPES.length());
    }
    if (word.equals("jwt")) {
      return null;
    }
    String known = word.replace('-', '_');
    return isOwnScheme(known) ? BOUND_ACCESS_TOKEN : WORDS.getOrDefault(known, UNKNOWN);
  }

  /** A method's own scheme says that the token is bound (RFC 9449 section 5). */
  private static boolean isOwnScheme(String word) {
    for (ConfirmationMethod method : ConfirmationMethod.all()) {
      if (method.hasOwnScheme()
          && method.scheme().text().replace('-', '_').equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The first member that is there and no text, or null. It says something that cannot be read, and
   * must not be taken for one that is missing.
   */
  public static @Nullable String memberThatIsNoText(Map<String, ? extends Object> claims) {
    for (String member : MEMBERS) {
      Object value = claims.get(member);
      if (value != null && !(value instanceof String)) {
        return member;
      }
    }
    return null;
  }

  /** The first member that says this of the token, or null. */
  static @Nullable String memberThatSays(TokenKind kind, Map<String, ? extends Object> claims) {
    for (String member : MEMBERS) {
      if (stated(claims, member) == kind) {
        return member;
      }
    }
    return null;
  }
}
