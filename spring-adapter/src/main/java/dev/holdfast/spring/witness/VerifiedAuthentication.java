package dev.holdfast.spring.witness;

import dev.holdfast.AccessToken;
import dev.holdfast.ClaimRules;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.configuration.reading.SpringSettings.AttributesWithoutCnf;
import dev.holdfast.spring.scope.JwtText;
import dev.holdfast.spring.scope.VerificationScope;
import dev.holdfast.spring.sessions.Advice;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * Reads from an {@code Authentication} what the issuer said of the presented token.
 *
 * <ol>
 *   <li>It must be known that the token which was verified is the presented one, and no other.
 *       Otherwise nothing is known of its binding, so that it is refused wherever bindings count;
 *       where the policy depends on the issuer it is refused everywhere.
 *   <li>When Holdfast's own verifiers vouched for it, their word counts.
 *   <li>Otherwise {@link TokenStatements} are read: the token's own payload, when it is a JWT, what
 *       an introspection endpoint answered, and the attributes that Spring Security carries. Where
 *       several have a {@code cnf}, they must demand the same; where none has one, the issuer must
 *       be among them.
 * </ol>
 */
public final class VerifiedAuthentication {
  private static final String SILENT =
      "the attributes have no cnf, and nothing shows that they are the issuer's own answer";

  private final PresentedToken token;
  private final Authentication authentication;
  private final VerificationScope scope;
  private final Rules rules;
  private final boolean issuerDecides;
  private final Supplier<ChainKind> kind;

  /**
   * How statements are read.
   *
   * @param clockSkew how far an issuer's clock may be ahead
   * @param silence what attributes without cnf mean that are not shown to be the issuer's
   * @param advice tells the operator what to change
   */
  public record Rules(Duration clockSkew, AttributesWithoutCnf silence, Advice advice) {
    /** The same rules as everywhere: {@code exp} to the letter, a skew for what begins. */
    public Verification check(Map<String, Object> claims) {
      String issuer = claims.get("iss") instanceof String text ? text : "";
      return new ClaimRules(issuer, Set.of(), Set.of(), clockSkew, Clock.systemUTC()).check(claims);
    }
  }

  public VerifiedAuthentication(
      PresentedToken token,
      Authentication authentication,
      VerificationScope scope,
      Rules rules,
      boolean issuerDecides,
      Supplier<ChainKind> kind) {
    this.token = token;
    this.authentication = authentication;
    this.scope = scope;
    this.rules = rules;
    this.issuerDecides = issuerDecides;
    this.kind = kind;
  }

  public Verification verification() {
    if (!authentication.isAuthenticated()) {
      return new Verification.Invalid("the chain's own verification did not authenticate");
    }
    if (!isOfPresentedToken()) {
      return unclear(
          "nothing shows that it belongs to the presented token",
          "an AuthenticationManager of the application's own must return a JwtAuthenticationToken, a"
              + " BearerTokenAuthentication, or an Authentication whose credentials or principal is"
              + " the Jwt or the OAuth2AccessToken; the token's text is not enough");
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
    JwtText jwt = token.hasJwtShape() ? JwtText.parse(token.value()) : null;
    if (jwt == null
        && token.hasJwtShape()
        && (TokenStatements.isJwt(authentication) || JwtText.looksLikeJwt(token.value()))) {
      return new Verification.Invalid("the JWT is not strict base64url and JSON");
    }
    TokenStatements statements =
        TokenStatements.of(
            token, jwt, authentication, scope, jwt == null ? ChainKind.UNKNOWN : kind.get());
    if (statements.isEmpty()) {
      return unclear(
          "it carries none of the token's attributes",
          "a converter of the application's own must keep them: return a BearerTokenAuthentication,"
              + " or a principal that is an OAuth2AuthenticatedPrincipal");
    }
    if (statements.differ()) {
      return differing();
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
    Verification checked = rules.check(statements.claims());
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
    if (statements.areIssuersOwn() || rules.silence() == AttributesWithoutCnf.UNBOUND) {
      return new Verification.Valid(unbound);
    }
    rules
        .advice()
        .give(
            "Of a token behind an "
                + authentication.getClass().getName()
                + " it is not known whether it is bound: "
                + SILENT
                + ". Holdfast sees that answer when one of Spring Security's introspectors, or"
                + " Holdfast's own, asks for it in this request. If your introspector asks by itself,"
                + " or has a cache, let it keep cnf of every answer, and then set"
                + " holdfast.tokens.attributes-without-cnf=unbound");
    return new Verification.Valid(unbound.withUnusableConfirmation(SILENT));
  }

  private static Verification differing() {
    return new Verification.Invalid("two statements about the token have different confirmations");
  }

  private Verification unclear(String problem, String action) {
    rules
        .advice()
        .give(
            "An "
                + authentication.getClass().getName()
                + " cannot be confirmed, so that requests are refused: "
                + problem
                + "; "
                + action);
    return issuerDecides
        ? new Verification.Invalid(problem)
        : new Verification.Valid(anonymous().withUnusableConfirmation(problem));
  }

  /** The chain authenticated somebody, and nothing says whom. It is only ever reported. */
  private AccessToken anonymous() {
    return rules.check(Map.of()) instanceof Verification.Valid valid
        ? valid.token()
        : unreachable();
  }

  private static AccessToken unreachable() {
    throw new IllegalStateException("no claim breaks no rule");
  }
}
