package dev.holdfast.spring.witness;

import dev.holdfast.Confirmation;
import dev.holdfast.PresentedToken;
import dev.holdfast.TokenKind;
import dev.holdfast.spring.scope.JsonClaims;
import dev.holdfast.spring.scope.JwtText;
import dev.holdfast.spring.scope.VerificationScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;

/**
 * What is said of the presented token, and whether its issuer said it. Attributes without {@code
 * cnf} say that a token is bound to no key only when they are the issuer's own answer: the payload
 * of a JWT that a decoder has verified, or an introspection response that Holdfast saw. The member
 * {@code active} in attributes proves nothing: whoever chooses some members of a response keeps it.
 */
final class TokenStatements {
  private final List<Map<String, Object>> all = new ArrayList<>();
  private boolean issuersOwn;

  /** What answered that the token is good, where something was asked. */
  private @Nullable Map<String, Object> answer;

  private TokenStatements() {}

  /**
   * Those that can be found.
   *
   * @param jwt the token's own header and claims, when it is a JWT
   */
  static TokenStatements of(
      PresentedToken token,
      @Nullable JwtText jwt,
      Authentication authentication,
      VerificationScope scope,
      ChainKind kind) {
    TokenStatements statements = new TokenStatements();
    if (jwt != null) {
      statements.all.add(jwt.claims());
      statements.issuersOwn =
          kind == ChainKind.JWT || (kind == ChainKind.UNKNOWN && isJwt(authentication));
    }
    for (Map<String, Object> introspected : scope.introspected(token.value())) {
      statements.all.add(introspected);
      statements.issuersOwn = true;
      if (statements.answer == null || statements.answer.get("iss") == null) {
        statements.answer = introspected;
      }
    }
    statements.addAttributes(authentication);
    return statements;
  }

  static boolean isJwt(Authentication authentication) {
    return authentication.getPrincipal() instanceof Jwt
        || authentication.getCredentials() instanceof Jwt;
  }

  private void addAttributes(Authentication authentication) {
    if (authentication instanceof AbstractOAuth2TokenAuthenticationToken<?> bearer) {
      add(bearer.getTokenAttributes());
    }
    if (authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal) {
      add(principal.getAttributes());
    }
    if (authentication.getPrincipal() instanceof ClaimAccessor principal) {
      add(principal.getClaims());
    }
    if (authentication.getCredentials() instanceof ClaimAccessor credentials) {
      add(credentials.getClaims());
    }
  }

  private void add(@Nullable Map<String, Object> attributes) {
    if (attributes != null) {
      all.add(JsonClaims.of(attributes));
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether the issuer itself is among those who say something. */
  boolean areIssuersOwn() {
    return issuersOwn;
  }

  /** Whether one of them has a {@code cnf}. */
  boolean nameConfirmation() {
    return all.stream().anyMatch(statement -> statement.containsKey("cnf"));
  }

  /** Whether two of them demand different things. */
  boolean differ() {
    Set<Confirmation> confirmations = new HashSet<>();
    for (Map<String, Object> statement : all) {
      if (statement.containsKey("cnf")) {
        confirmations.add(Confirmation.of(statement));
      }
    }
    return confirmations.size() > 1;
  }

  /**
   * The first statement's claims, the {@code cnf} of whichever has one, and {@code iss}, the scopes
   * and the user's authentication as the issuer's answer has them: it is asked now, and may grant
   * less than the token's own payload says.
   */
  Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>(all.get(0));
    if (answer != null) {
      replaceByAnswer(claims, answer, List.of("iss"));
      replaceByAnswer(claims, answer, List.of("scope", "scp"));
      replaceByAnswer(claims, answer, List.of("acr"));
      replaceByAnswer(claims, answer, List.of("auth_time"));
    }
    for (Map<String, Object> statement : all) {
      if (statement.containsKey("cnf")) {
        claims.putIfAbsent("cnf", statement.get("cnf"));
      }
      for (String member : TokenKind.MEMBERS) { // what one of them says, no other has to repeat
        if (statement.get(member) != null) {
          claims.putIfAbsent(member, statement.get(member));
        }
      }
    }
    return claims;
  }

  /** Where the answer has one of these claims, all of them are as it says. */
  private static void replaceByAnswer(
      Map<String, Object> claims, Map<String, Object> answer, List<String> names) {
    if (names.stream().anyMatch(name -> answer.get(name) != null)) {
      claims.keySet().removeAll(names);
      for (String name : names) {
        Object said = answer.get(name);
        if (said != null) {
          claims.put(name, said);
        }
      }
    }
  }

  /** Whether one says that the token is of a type which is bound to a key (RFC 9449 section 5). */
  boolean sayBound() {
    return say(TokenKind.BOUND_ACCESS_TOKEN);
  }

  /** Whether one says that this is no access token (RFC 8693 section 2.2.1, Keycloak's typ). */
  boolean sayNoAccessToken() {
    return say(TokenKind.OTHER_TOKEN);
  }

  /** Whether one says its kind in something other than text: nobody can read that. */
  boolean sayKindInNoText() {
    return all.stream().anyMatch(statement -> TokenKind.memberThatIsNoText(statement) != null);
  }

  /** Whether one has a {@code token_type} that nobody knows. */
  boolean nameUnknownType() {
    return all.stream()
        .anyMatch(statement -> TokenKind.stated(statement, "token_type") == TokenKind.UNKNOWN);
  }

  private boolean say(TokenKind kind) {
    return all.stream()
        .anyMatch(
            statement ->
                TokenKind.MEMBERS.stream()
                    .anyMatch(member -> TokenKind.stated(statement, member) == kind));
  }
}
