package dev.holdfast.jwt;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what else a JWT may be when its header's {@code typ} does not say {@code at+jwt}: an ID
 * token, a logout token, a refresh token (RFC 8725 section 3.11, RFC 9068 section 5).
 *
 * <p>Many issuers give all their JWTs the type {@code JWT}, or none. The real answers are {@code
 * at+jwt} as the only accepted type, and the audiences of this service: an ID token's audience is
 * its client. These marks are the net below, for settings that have neither.
 */
final class OtherJwt {
  /** Claims of ID tokens (OpenID Connect Core section 3.3.2.11, FAPI) and of event tokens. */
  private static final List<String> MARKS = List.of("at_hash", "c_hash", "s_hash", "events");

  private OtherJwt() {}

  /** The rule that the claims break as an access token's, or null. */
  static @Nullable String brokenRule(@Nullable String headerType, Map<String, Object> claims) {
    if (AcceptedTypes.saysAccessToken(headerType)) {
      return null;
    }
    for (String mark : MARKS) {
      if (claims.containsKey(mark)) {
        return mark + " belongs to an ID token or an event, not to an access token";
      }
    }
    if (claims.containsKey("typ")) { // Keycloak's word for the kind: Bearer, DPoP, ID, Refresh, …
      return saysBearerOrDpop(claims.get("typ"))
          ? null
          : "the claim typ says that this is not an access token";
    }
    if (claims.containsKey("nonce")) { // older Keycloaks copy it into access tokens: see above
      return "nonce belongs to an ID token, not to an access token";
    }
    if (isForItsClientOnly(claims) && !claims.containsKey("scope") && !claims.containsKey("scp")) {
      return "the only audience is the client itself: this is an ID token";
    }
    return null;
  }

  private static boolean saysBearerOrDpop(@Nullable Object type) {
    return type instanceof String text
        && List.of("bearer", "dpop").contains(text.toLowerCase(Locale.ROOT));
  }

  private static boolean isForItsClientOnly(Map<String, Object> claims) {
    Object client = claims.get("azp");
    Object audience = claims.get("aud");
    return client instanceof String
        && (client.equals(audience) || List.of(client).equals(audience));
  }
}
