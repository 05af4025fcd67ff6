package dev.holdfast.jwt;

import dev.holdfast.TokenKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells an access token from what else a JWT may be when its header's {@code typ} does not say
 * {@code at+jwt}: an ID token, a logout token, a refresh token (RFC 8725 section 3.11, RFC 9068
 * section 5).
 *
 * <p>Many issuers give all their JWTs the type {@code JWT}, or none. Then something has to say that
 * this one is an access token: an audience that this service demands, or a claim that only access
 * tokens have. The absence of an ID token's marks says nothing.
 */
final class OtherJwt {
  /** Claims of ID tokens (OpenID Connect Core section 3.3.2.11, FAPI) and of event tokens. */
  private static final List<String> MARKS = List.of("at_hash", "c_hash", "s_hash", "events");

  /**
   * Claims of access tokens: RFC 9068, Okta, Microsoft Entra 1.0 and 2.0. {@code azp} is none of
   * them, for ID tokens have it too, and Google's name another client in it than the audience.
   */
  private static final List<String> SIGNS =
      List.of("client_id", "cid", "appid", "azpacr", "scope", "scp");

  private OtherJwt() {}

  /**
   * The rule that the claims break as an access token's, or null.
   *
   * @param audienceHolds whether this service demands an audience and the token names it
   */
  static @Nullable String brokenRule(
      @Nullable String headerType, Map<String, Object> claims, boolean audienceHolds) {
    if (AcceptedTypes.saysAccessToken(headerType)) {
      return null;
    }
    for (String mark : MARKS) {
      if (claims.containsKey(mark)) {
        return mark + " belongs to an ID token or an event, not to an access token";
      }
    }
    boolean sign = hasSign(claims);
    boolean stated = false;
    for (String member : TokenKind.MEMBERS) {
      TokenKind kind = TokenKind.stated(claims, member);
      // A JWT's token_type is nobody's registered claim, so that an issuer may use it as it likes.
      boolean privateClaim = member.equals("token_type") && sign && audienceHolds;
      if (kind == TokenKind.OTHER_TOKEN || (kind == TokenKind.UNKNOWN && !privateClaim)) {
        return "the claim " + member + " says that this is not an access token";
      }
      stated |= kind != null && kind != TokenKind.UNKNOWN;
    }
    if (stated) {
      return null;
    }
    if (!sign && !audienceHolds) {
      return "nothing says that this is an access token: typ is not at+jwt, no audience is demanded"
          + " here, and there is none of "
          + String.join(", ", SIGNS);
    }
    if (sign && audienceHolds) {
      return null;
    }
    if (claims.containsKey("nonce")) {
      return "nonce belongs to an ID token, not to an access token";
    }
    if (isForItsClientOnly(claims) && !says(claims, "scope") && !says(claims, "scp")) {
      return "the only audience is the client itself: this is an ID token";
    }
    return null;
  }

  private static boolean hasSign(Map<String, Object> claims) {
    for (String sign : SIGNS) {
      if (says(claims, sign)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the claim names anything: an empty text or an empty list is no sign. */
  private static boolean says(Map<String, Object> claims, String name) {
    return !texts(claims.get(name)).isEmpty();
  }

  private static boolean isForItsClientOnly(Map<String, Object> claims) {
    return claims.get("azp") instanceof String client
        && Set.of(client).equals(texts(claims.get("aud")));
  }

  /** The texts in a claim with one or several of them, without those that are blank. */
  private static Set<Object> texts(@Nullable Object value) {
    Collection<?> all =
        value instanceof Collection<?> several
            ? several
            : value == null ? List.of() : List.of(value);
    return all.stream()
        .filter(one -> one instanceof String text && !text.isBlank())
        .collect(Collectors.toUnmodifiableSet());
  }
}
