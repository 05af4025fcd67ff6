package dev.holdfast.spring.webflux.verification;

import dev.holdfast.AccessToken;
import dev.holdfast.ClaimRules;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.configuration.reading.SpringSettings.AttributesWithoutCnf;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * Reads from what a chain made of a token what the issuer said of it.
 *
 * <ol>
 *   <li>It must be known that the token which was verified is the presented one, and no other.
 *       Otherwise nothing is known of its binding, so that it is refused wherever bindings count;
 *       where the policy depends on the issuer it is refused everywhere.
 *   <li>When Holdfast's own verifiers vouched for it, their word counts.
 *   <li>Otherwise {@link TokenStatements} are read. Where several have a {@code cnf}, they must
 *       demand the same; where none has one, the issuer must be among them.
 * </ol>
 *
 * @param token what was presented
 * @param verified what the chain made of it
 * @param rules those of the chain
 * @param issuerDecides whether the policy depends on the token's issuer
 */
record VerifiedToken(
    PresentedToken token, Verified verified, VerificationRules rules, boolean issuerDecides) {
  private static final String SILENT =
      "the attributes have no cnf, and nothing shows that they are the issuer's own answer";

  Verification verification() {
    if (!verified.authentication().isAuthenticated()) {
      return new Verification.Invalid("the chain's own verification did not authenticate");
    }
    if (!isOfPresentedToken()) {
      return unclear(
          "nothing shows that it belongs to the presented token",
          "a ReactiveAuthenticationManager of the application's own must return a"
              + " JwtAuthenticationToken, a BearerTokenAuthentication, or an Authentication whose"
              + " credentials or principal is the Jwt or the OAuth2AccessToken");
    }
    return verified.vouched() != null
        ? new Verification.Valid(verified.vouched())
        : fromStatements();
  }

  private boolean isOfPresentedToken() {
    Authentication authentication = verified.authentication();
    List<String> texts = new ArrayList<>();
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

  private Verification fromStatements() {
    JwtText jwt = token.hasJwtShape() ? JwtText.parse(token.value()) : null;
    if (jwt == null
        && token.hasJwtShape()
        && (TokenStatements.isJwt(verified.authentication())
            || JwtText.looksLikeJwt(token.value()))) {
      return new Verification.Invalid("the JWT is not strict base64url and JSON");
    }
    TokenStatements statements = new TokenStatements(jwt, verified);
    if (statements.isEmpty()) {
      return unclear(
          "it carries none of the token's attributes",
          "a converter of the application's own must keep them: return a BearerTokenAuthentication,"
              + " or a principal that is an OAuth2AuthenticatedPrincipal");
    }
    if (statements.differ()) {
      return new Verification.Invalid(
          "two statements about the token have different confirmations");
    }
    if (statements.sayNoAccessToken()) {
      return new Verification.Invalid("its type says that this is not an access token");
    }
    if (statements.sayKindInNoText()) {
      return new Verification.Invalid("what says its type is not text");
    }
    if (!token.hasJwtShape() && statements.nameUnknownType()) {
      return new Verification.Invalid("token_type is none that is known of access tokens");
    }
    Verification checked = check(statements.claims());
    return checked instanceof Verification.Valid valid && !statements.nameConfirmation()
        ? unbound(valid.token(), statements)
        : checked;
  }

  /** Nobody names a key. That is a statement only when the issuer makes it. */
  private Verification unbound(AccessToken unbound, TokenStatements statements) {
    if (statements.sayBound()) {
      return new Verification.Valid(
          unbound.withUnusableConfirmation("its type says that it is bound, and cnf is missing"));
    }
    if (statements.areIssuersOwn() || rules.withoutCnf() == AttributesWithoutCnf.UNBOUND) {
      return new Verification.Valid(unbound);
    }
    rules
        .advice()
        .give(
            "Of a token behind an "
                + verified.authentication().getClass().getName()
                + " it is not known whether it is bound: "
                + SILENT
                + ". Holdfast sees that answer when a SpringReactiveOpaqueTokenIntrospector without a"
                + " converter of yours asks for it. Put what your code adds into the"
                + " authenticationConverter of the chain's opaqueToken. If your code takes over every cnf, set"
                + " holdfast.tokens.attributes-without-cnf=unbound");
    return new Verification.Valid(unbound.withUnusableConfirmation(SILENT));
  }

  private Verification unclear(String problem, String action) {
    rules
        .advice()
        .give(
            "An "
                + verified.authentication().getClass().getName()
                + " cannot be confirmed, so that requests are refused: "
                + problem
                + "; "
                + action);
    return issuerDecides || !(check(Map.of()) instanceof Verification.Valid anonymous)
        ? new Verification.Invalid(problem)
        : new Verification.Valid(anonymous.token().withUnusableConfirmation(problem));
  }

  /** The same rules as everywhere: {@code exp} to the letter, a skew for what begins. */
  private Verification check(Map<String, Object> claims) {
    String issuer = claims.get("iss") instanceof String text ? text : "";
    return new ClaimRules(issuer, Set.of(), Set.of(), rules.clockSkew(), Clock.systemUTC())
        .check(claims);
  }
}
