package dev.holdfast.jwt;

import dev.holdfast.ConfirmationMethod;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code typ} values that an access token may have, in any case, with or without the prefix
 * {@code application/} (RFC 7515 section 4.1.9); the empty text stands for a token without one.
 */
final class AcceptedTypes {
  /** What a token may say where nothing is configured. */
  static final Set<String> DEFAULTS = Set.of("at+jwt", "JWT", "");

  /** With or without a slash (RFC 6838 section 4.2). */
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*)?");

  private static final String ACCESS_TOKEN = "at+jwt";

  /** Types that say outright that the JWT is something else (RFC 8725 section 3.11). */
  private static final Set<String> NEVER =
      Set.of(
          "id_token",
          "id_token+jwt",
          "logout+jwt",
          "secevent+jwt",
          "token-introspection+jwt",
          "oauth-authz-req+jwt");

  private final Set<String> types;

  private AcceptedTypes(Set<String> types) {
    this.types = types;
  }

  /**
   * These types.
   *
   * @throws IllegalArgumentException for a type that is never an access token's
   */
  static AcceptedTypes of(Set<String> configured) {
    for (String written : configured) {
      String type = normal(written);
      if (!written.isEmpty() && (type.equals("none") || !MEDIA_TYPE.matcher(type).matches())) {
        throw new IllegalArgumentException(
            "types: \""
                + written
                + "\" is no media type that a token's typ could have; a token without typ is taken"
                + " where no types are written, beside at+jwt and JWT");
      }
      if (NEVER.contains(type) || isOfAProof(type)) {
        throw new IllegalArgumentException(
            "types: \"" + type + "\" is the type of another kind of JWT, never of an access token");
      }
    }
    Set<String> types =
        configured.stream().map(AcceptedTypes::normal).collect(Collectors.toUnmodifiableSet());
    return new AcceptedTypes(types);
  }

  private static boolean isOfAProof(String type) {
    return ConfirmationMethod.all().stream().anyMatch(method -> method.proofTypes().contains(type));
  }

  boolean accepts(@Nullable String type) {
    if (type == null) {
      return types.contains("");
    }
    String normal = normal(type);
    return !normal.isEmpty() && types.contains(normal);
  }

  /** Whether the type alone says that the JWT is an access token (RFC 9068 section 2.1). */
  static boolean saysAccessToken(@Nullable String type) {
    return type != null && normal(type).equals(ACCESS_TOKEN);
  }

  private static String normal(String type) {
    String lowerCase = type.toLowerCase(Locale.ROOT);
    return lowerCase.startsWith("application/")
        ? lowerCase.substring("application/".length())
        : lowerCase;
  }
}
