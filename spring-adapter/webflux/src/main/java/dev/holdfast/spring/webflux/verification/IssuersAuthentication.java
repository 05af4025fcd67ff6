package dev.holdfast.spring.webflux.verification;

import dev.holdfast.AccessToken;
import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.Confirmation;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.internal.NumericDate;
import dev.holdfast.spring.webflux.verification.Verified.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenAuthenticationConverter;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Authenticates tokens of all of Holdfast's issuers, by way of its cache: what is a JWT becomes a
 * {@code JwtAuthenticationToken}, everything else a {@code BearerTokenAuthentication}.
 *
 * <p>A filter that Holdfast enforces compares the binding afterwards. Whoever else asks has nobody
 * who compares, so that a token with a {@code cnf} is refused there, unless the policy is {@code
 * off} for the request, or Holdfast compares or has compared this very token for it.
 */
public final class IssuersAuthentication implements ReactiveAuthenticationManager {
  private static final String POLICY_OFF = IssuersAuthentication.class.getName() + ".off";
  private static final String COMPARED = IssuersAuthentication.class.getName() + ".compared";
  private static final List<String> TIMES = List.of("exp", "nbf", "iat");
  private static final BearerTokenError REFUSED =
      new BearerTokenError(
          "invalid_token",
          HttpStatus.UNAUTHORIZED,
          "the access token is not valid for this request",
          null);

  private final AccessTokenVerifier tokens;
  private final @Nullable ReactiveJwtAuthenticationConverter jwts;
  private final @Nullable ReactiveOpaqueTokenAuthenticationConverter opaqueTokens;
  private final JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();
  private final ConvertedJwts converted = new ConvertedJwts();

  /**
   * Over these issuers.
   *
   * @param jwts what the application makes of a JWT, or null
   * @param opaqueTokens the same of another token
   */
  public IssuersAuthentication(
      AccessTokenVerifier tokens,
      @Nullable ReactiveJwtAuthenticationConverter jwts,
      @Nullable ReactiveOpaqueTokenAuthenticationConverter opaqueTokens) {
    this.tokens = tokens;
    this.jwts = jwts;
    this.opaqueTokens = opaqueTokens;
  }

  /** The same work where Holdfast compares no keys. */
  public static <T> Mono<T> wherePolicyIsOff(Mono<T> work) {
    return work.contextWrite(context -> context.put(POLICY_OFF, true));
  }

  /** In this context Holdfast compares the key of that token, or has compared it. */
  public static Context whereCompared(Context context, String token) {
    return context.put(COMPARED, token);
  }

  @Override
  public Mono<Authentication> authenticate(Authentication authentication) {
    if (!(authentication instanceof BearerTokenAuthenticationToken bearer)) {
      return Mono.empty();
    }
    return confirmed(bearer.getToken(), authenticated(bearer.getToken()));
  }

  /** The same without the application's converters. */
  Mono<Authentication> unconverted(String text) {
    return confirmed(text, verified(text));
  }

  private static Mono<Authentication> confirmed(String text, Mono<Verified> said) {
    return Mono.deferContextual(
        context ->
            said.map(
                verified -> {
                  AccessToken token = verified.vouched();
                  if (!context.hasKey(POLICY_OFF)
                      && !text.equals(context.getOrDefault(COMPARED, ""))
                      && (token == null
                          || !(token.confirmation() instanceof Confirmation.Unbound))) {
                    throw new RuledOutException(
                        "the token is bound, and nobody confirms the binding here");
                  }
                  return verified.authentication();
                }));
  }

  /** What the application's own converters make of it. */
  Mono<Verified> authenticated(String text) {
    return verified(text).flatMap(said -> convert(text, said));
  }

  private Mono<Verified> convert(String text, Verified said) {
    Object principal = said.authentication().getPrincipal();
    Mono<? extends Authentication> made = null;
    if (jwts != null && principal instanceof Jwt jwt) {
      made = jwts.convert(jwt);
    } else if (opaqueTokens != null && principal instanceof OAuth2AuthenticatedPrincipal opaque) {
      made = opaqueTokens.convert(text, opaque);
    }
    return made == null
        ? Mono.just(said)
        : made.map(
            result -> new Verified(result, said.kind(), said.introspected(), said.vouched()));
  }

  /** What the issuers say of the token, whoever holds it. */
  Mono<Verified> verified(String text) {
    PresentedToken token;
    try {
      token = PresentedToken.of(PresentedToken.Scheme.BEARER, text);
    } catch (IllegalArgumentException malformed) {
      return Mono.error(new RuledOutException("it is no token68"));
    }
    return Mono.fromFuture(() -> tokens.verify(token), true)
        .onErrorMap(
            IssuerUnavailableException.class,
            outage -> new AuthenticationServiceException("the issuer cannot be asked", outage))
        .map(
            said -> {
              if (said instanceof Verification.Valid valid) {
                return verified(text, valid.token());
              }
              throw new RuledOutException(
                  said instanceof Verification.Invalid invalid ? invalid.rule() : "none");
            });
  }

  private Verified verified(String text, AccessToken token) {
    try {
      Jwt jwt = converted.of(text, token);
      return jwt == null
          ? new Verified(opaque(text, token), Kind.INTROSPECTION, List.of(), token)
          : new Verified(
              new JwtAuthenticationToken(jwt, scopes.convert(jwt)), Kind.JWT, List.of(), token);
    } catch (IllegalArgumentException | IllegalStateException unlikely) {
      throw new RuledOutException("the token's claims do not fit together");
    }
  }

  private static Authentication opaque(String text, AccessToken token) {
    Map<String, Object> attributes = new LinkedHashMap<>(token.claims());
    attributes.put("active", true);
    for (String time : TIMES) {
      attributes.computeIfPresent(time, (name, value) -> NumericDate.read(value));
    }
    attributes.computeIfPresent(
        "aud", (name, value) -> value instanceof String one ? List.of(one) : value);
    Collection<GrantedAuthority> authorities = List.of();
    if (attributes.get("scope") instanceof String scope) {
      List<String> words = List.of(scope.split(" "));
      attributes.put("scope", words);
      authorities =
          AuthorityUtils.createAuthorityList(words.stream().map(word -> "SCOPE_" + word).toList());
    }
    return new BearerTokenAuthentication(
        new OAuth2IntrospectionAuthenticatedPrincipal(attributes, authorities),
        new OAuth2AccessToken(
            TokenType.BEARER, text, moment(attributes, "iat"), moment(attributes, "exp")),
        authorities);
  }

  private static @Nullable Instant moment(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Instant moment ? moment : null;
  }

  /** No issuer vouches for the token. Its message is for everybody, its rule for the log. */
  static final class RuledOutException extends OAuth2AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final String rule;

    RuledOutException(String rule) {
      super(REFUSED);
      this.rule = rule;
    }

    String rule() {
      return rule;
    }
  }
}
