package dev.holdfast.spring.webflux.verification;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.spring.webflux.verification.springs.FilterParts;
import dev.holdfast.spring.webflux.verification.springs.WithoutThumbprint;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Verifies one request's token by the chain's own parts. Its converter sees the token as {@code
 * Bearer}, whatever scheme it came under, and must take that token and no other. What comes out is
 * an {@code Authentication} that nobody has seen yet.
 */
public final class ChainVerification implements AccessTokenVerifier {
  private final VerificationRules rules;
  private final FilterParts parts;
  private final ServerWebExchange exchange;
  private final boolean issuerDecides;
  private final ContextView context;
  private volatile @Nullable Authentication result;

  /**
   * One verification.
   *
   * @param issuerDecides whether the policy depends on the token's issuer
   * @param context what the request's own work has in its context
   */
  public ChainVerification(
      VerificationRules rules,
      FilterParts parts,
      ServerWebExchange exchange,
      boolean issuerDecides,
      ContextView context) {
    this.rules = rules;
    this.parts = parts;
    this.exchange = exchange;
    this.issuerDecides = issuerDecides;
    this.context = context;
  }

  /** What the chain made of the token; to be used only once the enforcer has allowed it. */
  public @Nullable Authentication authentication() {
    return result;
  }

  @Override
  public CompletableFuture<Verification> verify(PresentedToken token) {
    ServerWebExchange isolated = underBearer(token);
    return parts
        .converter()
        .convert(isolated)
        .flatMap(taken -> ask(token, taken, isolated))
        .onErrorResume(AuthenticationException.class, this::refused)
        .onErrorReturn(
            ChainVerification::isAboutScopes,
            new Verification.Invalid("scope or scp is not what Spring Security can read"))
        .onErrorMap(ChainVerification::isAboutKeys, ChainVerification::outage)
        .defaultIfEmpty(
            new Verification.Invalid("the chain's own verification takes no such token"))
        .contextWrite(own -> IssuersAuthentication.whereCompared(own, token.value()))
        .contextWrite(context)
        .toFuture();
  }

  private ServerWebExchange underBearer(PresentedToken token) {
    return exchange
        .mutate()
        .request(
            request ->
                request.headers(
                    fields -> fields.set(HttpHeaders.AUTHORIZATION, "Bearer " + token.value())))
        .build();
  }

  private Mono<Verification> ask(
      PresentedToken token, Authentication taken, ServerWebExchange isolated) {
    if (!(taken instanceof BearerTokenAuthenticationToken bearer)
        || !bearer.getToken().equals(token.value())) {
      return Mono.just(new Verification.Invalid("the chain's own converter takes another token"));
    }
    return parts
        .managers()
        .resolve(isolated)
        .flatMap(manager -> rules.managers().ask(manager, bearer))
        .map(
            verified -> {
              result = verified.authentication();
              return new VerifiedToken(token, verified, rules, issuerDecides).verification();
            });
  }

  private Mono<Verification> refused(AuthenticationException failure) {
    if (WithoutThumbprint.isAlone(failure)) {
      rules
          .advice()
          .give(
              "Every certificate-bound JWT is refused: Spring Security's own comparison of the"
                  + " certificate looks for a servlet's request, and Holdfast cannot leave it out of"
                  + " a manager or a decoder of yours that asks one of Spring Security's. Let jwt(...)"
                  + " of the chain have Spring Security's own manager, and put what yours adds into"
                  + " its jwtAuthenticationConverter, or give that decoder validators of yours with"
                  + " setJwtValidator");
    }
    if (failure instanceof AuthenticationServiceException) {
      return Mono.error(outage(failure));
    }
    return Mono.just(new Verification.Invalid(cause(failure)));
  }

  /** So a decoder of Spring Security's says that it cannot fetch the issuer's keys. */
  private static boolean isAboutKeys(Throwable failure) {
    return failure.getClass() == IllegalStateException.class
        && "Could not obtain the keys".equals(failure.getMessage());
  }

  /** It makes authorities of the scopes, and takes a list without a look for one of texts. */
  private static boolean isAboutScopes(Throwable failure) {
    return failure instanceof ClassCastException
        && Arrays.stream(failure.getStackTrace())
            .anyMatch(
                frame ->
                    frame.getClassName().equals(JwtGrantedAuthoritiesConverter.class.getName()));
  }

  private static String cause(AuthenticationException failure) {
    return failure instanceof IssuersAuthentication.RuledOutException ruledOut
        ? ruledOut.rule()
        : "the chain's own verification refuses the token ("
            + failure.getClass().getSimpleName()
            + (failure.getCause() == null
                ? ""
                : ", " + failure.getCause().getClass().getSimpleName())
            + ')';
  }

  /** Holdfast's own verifiers say which issuer it is; of others it is not known. */
  private static IssuerUnavailableException outage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IssuerUnavailableException known) {
        return known;
      }
    }
    return new IssuerUnavailableException(
        "the chain's own verification cannot ask the issuer", failure);
  }
}
