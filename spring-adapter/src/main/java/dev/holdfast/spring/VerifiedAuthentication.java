package dev.holdfast.spring;

import dev.holdfast.AccessToken;
import dev.holdfast.ClaimRules;
import dev.holdfast.Confirmation;
import dev.holdfast.PresentedToken;
import dev.holdfast.TokenKind;
import dev.holdfast.Verification;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * Reads from an {@code Authentication} what the issuer said of the presented token.
 *
 * <ol>
 *   <li>It must be known that the token which was verified is the presented one, and no other.
 *   <li>When Holdfast's own verifiers vouched for it, their word counts.
 *   <li>Otherwise the statements are the token's own payload, when it is a JWT, and the attributes
 *       that Spring Security carries. Where both have a {@code cnf}, they must demand the same.
 * </ol>
 */
final class VerifiedAuthentication {
  private static final Log LOG = LogFactory.getLog("dev.holdfast");

  private final PresentedToken token;
  private final Authentication authentication;
  private final VerificationScope scope;
  private final Duration clockSkew;

  VerifiedAuthentication(
      PresentedToken token,
      Authentication authentication,
      VerificationScope scope,
      Duration clockSkew) {
    this.token = token;
    this.authentication = authentication;
    this.scope = scope;
    this.clockSkew = clockSkew;
  }

  Verification verification() {
    if (!authentication.isAuthenticated()) {
      return new Verification.Invalid("the chain's own verification did not authenticate");
    }
    if (!isOfPresentedToken()) {
      return unclear(
          "nothing shows that it belongs to the presented token",
          "an AuthenticationManager of the application's own must return an Authentication whose"
              + " token, credentials or principal is the verified token");
    }
    return scope.vouched().isEmpty() ? fromClaims() : fromVouched(scope.vouched());
  }

  private boolean isOfPresentedToken() {
    List<String> texts = new ArrayList<>(scope.verifiedTexts());
    if (authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer) {
      texts.add(bearer.getToken().getTokenValue());
    }
    if (authentication.getCredentials() instanceof OAuth2Token credentials) {
      texts.add(credentials.getTokenValue());
    }
    if (authentication.getPrincipal() instanceof OAuth2Token principal) {
      texts.add(principal.getTokenValue());
    }
    String presented = token.value();
    return !texts.isEmpty() && texts.stream().allMatch(presented::equals);
  }

  private static Verification fromVouched(List<AccessToken> vouched) {
    AccessToken first = vouched.get(0);
    for (AccessToken other : vouched) {
      if (!other.confirmation().equals(first.confirmation())) {
        return differing();
      }
    }
    return new Verification.Valid(first);
  }

  private Verification fromClaims() {
    List<Map<String, Object>> statements = new ArrayList<>(attributes());
    if (token.hasJwtShape()) {
      JwtText jwt = JwtText.parse(token.value());
      if (jwt != null) {
        statements.add(0, jwt.claims());
      } else if (isJwt() || JwtText.looksLikeJwt(token.value())) {
        return new Verification.Invalid("the JWT is not strict base64url and JSON");
      }
    }
    if (statements.isEmpty()) {
      return unclear(
          "it carries none of the token's attributes",
          "a converter of the application's own must keep them: return a BearerTokenAuthentication,"
              + " or a principal that is an OAuth2AuthenticatedPrincipal");
    }
    Map<String, Object> claims = new LinkedHashMap<>(statements.get(0));
    Set<Confirmation> confirmations = new HashSet<>();
    for (Map<String, Object> statement : statements) {
      if (statement.containsKey("cnf")) {
        confirmations.add(Confirmation.of(statement));
        claims.putIfAbsent("cnf", statement.get("cnf"));
      }
      for (String member : TokenKind.MEMBERS) { // what one of them says, no other has to repeat
        if (statement.get(member) != null) {
          claims.putIfAbsent(member, statement.get(member));
        }
      }
    }
    return confirmations.size() > 1 ? differing() : check(claims);
  }

  /** The same rules as everywhere: {@code exp} to the letter, a skew for what begins. */
  private Verification check(Map<String, Object> claims) {
    if (!token.hasJwtShape() && TokenKind.stated(claims, "token_type") == TokenKind.UNKNOWN) {
      return new Verification.Invalid("token_type is none that is known of access tokens");
    }
    String issuer = claims.get("iss") instanceof String text ? text : "";
    return new ClaimRules(issuer, Set.of(), Set.of(), clockSkew, Clock.systemUTC()).check(claims);
  }

  private boolean isJwt() {
    return authentication.getPrincipal() instanceof org.springframework.security.oauth2.jwt.Jwt
        || authentication.getCredentials() instanceof org.springframework.security.oauth2.jwt.Jwt;
  }

  private List<Map<String, Object>> attributes() {
    List<Map<String, Object>> all = new ArrayList<>();
    if (authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer) {
      add(bearer.getTokenAttributes(), all);
    }
    if (authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal) {
      add(principal.getAttributes(), all);
    }
    if (authentication.getPrincipal() instanceof ClaimAccessor principal) {
      add(principal.getClaims(), all);
    }
    if (authentication.getCredentials() instanceof ClaimAccessor credentials) {
      add(credentials.getClaims(), all);
    }
    return all;
  }

  private static void add(@Nullable Map<String, Object> attributes, List<Map<String, Object>> all) {
    if (attributes != null) {
      all.add(JsonClaims.of(attributes));
    }
  }

  private static Verification differing() {
    return new Verification.Invalid("two statements about the token have different confirmations");
  }

  private Verification unclear(String problem, String action) {
    LOG.error(
        "An "
            + authentication.getClass().getName()
            + " cannot be confirmed, and the request is refused: "
            + problem
            + "; "
            + action);
    return new Verification.Invalid(problem);
  }
}
