package dev.holdfast.spring.webflux;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.Decision;
import dev.holdfast.Presentation;
import dev.holdfast.PresentedToken;
import dev.holdfast.Question;
import dev.holdfast.Refusal;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.http.challenge.Challenge;
import dev.holdfast.http.challenge.Challenges;
import dev.holdfast.spring.webflux.evidence.EvidenceSource;
import dev.holdfast.spring.webflux.evidence.MetadataPlace;
import dev.holdfast.spring.webflux.sessions.SessionGuard;
import dev.holdfast.spring.webflux.verification.ChainVerification;
import dev.holdfast.spring.webflux.verification.IssuersAuthentication;
import dev.holdfast.spring.webflux.verification.VerificationRules;
import dev.holdfast.spring.webflux.verification.springs.FilterParts;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Takes the place of a chain's filter for bearer tokens. Where the policy is {@code off} the
 * original runs as if nothing were there. Elsewhere the enforcer decides, and of the original only
 * its converter and its manager are asked about the token.
 *
 * <p>A decision is taken once for a token and what is demanded of it: see {@link EarlierDecision}.
 * A request without a credential goes on unauthenticated: the chain's own rules decide about it.
 * What a token authenticated is for this request alone, and no session keeps it.
 */
final class EnforcedTokenFilter implements WebFilter {
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.TRACE, HttpMethod.OPTIONS);

  private final AuthenticationWebFilter original;
  private final FilterParts parts;
  private final Object chainIdentity;
  private final BindingEnforcer enforcer;
  private final EvidenceSource source;
  private final VerificationRules rules;
  private final ChallengeOffer challenges;
  private final SessionGuard sessions;

  /**
   * In the place of this one.
   *
   * @param parts those of the original
   * @param chainIdentity the same for every filter of a chain
   */
  EnforcedTokenFilter(
      AuthenticationWebFilter original,
      FilterParts parts,
      Object chainIdentity,
      BindingEnforcer enforcer,
      EvidenceSource source,
      MetadataPlace metadata,
      SessionGuard sessions,
      VerificationRules rules) {
    this.original = original;
    this.parts = parts;
    this.chainIdentity = chainIdentity;
    this.enforcer = enforcer;
    this.source = source;
    this.rules = rules;
    this.challenges = new ChallengeOffer(new Challenges(enforcer), metadata);
    this.sessions = sessions;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return parts
        .matcher()
        .matches(exchange)
        .map(MatchResult::isMatch)
        .defaultIfEmpty(false)
        .flatMap(matches -> matches ? take(source.admit(exchange), chain) : chain.filter(exchange));
  }

  private Mono<Void> take(ServerWebExchange exchange, WebFilterChain chain) {
    Question question = enforcer.question(source.evidence(exchange));
    EarlierDecision earlier = EarlierDecision.of(exchange);
    if (earlier != null) {
      if (earlier.holdsFor(pass(question, exchange), enforcer.policy())) {
        return again(earlier, question, exchange, chain);
      }
      EarlierDecision.forget(exchange);
    }
    if (!(question.presentation() instanceof PresentedToken)) {
      return decide(question, exchange, chain);
    }
    sessions.tokenCame(exchange);
    return decide(question, sessions.guard(exchange), chain);
  }

  private EarlierDecision.Pass pass(Question question, ServerWebExchange exchange) {
    return new EarlierDecision.Pass(question, exchange.getRequest(), chainIdentity, parts);
  }

  /** What came back: another filter of the chain, a retry, or a way to another path. */
  private Mono<Void> again(
      EarlierDecision earlier,
      Question question,
      ServerWebExchange exchange,
      WebFilterChain chain) {
    return Mono.deferContextual(
        context ->
            earlier.isScopeOf(context)
                ? chain.filter(exchange)
                : goOn(earlier, question, sessions.guard(exchange), chain));
  }

  private Mono<Void> decide(Question question, ServerWebExchange exchange, WebFilterChain chain) {
    if (isOff(question.requirement())) {
      return question.presentation() instanceof PresentedToken || !sessions.enforces()
          ? off(exchange, chain)
          : offWithTokenElsewhere(exchange, chain);
    }
    if (question.presentation() instanceof Presentation.None none
        && none.refusal() == Refusal.NO_CREDENTIALS) {
      return tokenElsewhere(exchange)
          .flatMap(
              elsewhere -> {
                if (elsewhere) {
                  return refuse(challenges.without(question, exchange), exchange.getResponse());
                }
                challenges.applyTo(exchange, question);
                return chain.filter(exchange);
              });
    }
    return Mono.deferContextual(context -> enforce(question, exchange, chain, context));
  }

  /** The original takes such a token here, and the session is good for every path. */
  private Mono<Void> offWithTokenElsewhere(ServerWebExchange exchange, WebFilterChain chain) {
    return tokenElsewhere(exchange)
        .flatMap(
            elsewhere -> {
              if (elsewhere) {
                sessions.tokenCame(exchange);
              }
              return off(elsewhere ? sessions.guard(exchange) : exchange, chain);
            });
  }

  /**
   * Whether the chain's own converter finds a token in another place than {@code Authorization}, or
   * refuses what it finds there. Such a request has passed the chain's CSRF protection for its
   * token, which Holdfast never takes: it must not go on for whoever its session knows.
   */
  private Mono<Boolean> tokenElsewhere(ServerWebExchange exchange) {
    return parts
        .converter()
        .convert(exchange)
        .map(token -> true)
        .onErrorResume(AuthenticationException.class, refused -> Mono.just(true))
        .defaultIfEmpty(false);
  }

  static boolean isOff(@Nullable Requirement requirement) {
    return requirement != null && requirement.mode() == Mode.OFF;
  }

  private Mono<Void> off(ServerWebExchange exchange, WebFilterChain chain) {
    return IssuersAuthentication.wherePolicyIsOff(original.filter(exchange, chain));
  }

  private Mono<Void> enforce(
      Question question, ServerWebExchange exchange, WebFilterChain chain, ContextView context) {
    ChainVerification verification =
        new ChainVerification(rules, parts, exchange, question.requirement() == null, context);
    return awaited(enforcer.decideAsync(question, verification).toCompletableFuture())
        .flatMap(decision -> act(question, decision, verification, exchange, chain));
  }

  /**
   * Whether Holdfast's own exemption has let the request go on: where the policy turns out to be
   * {@code off}, Spring Security takes no token of that scheme, and the session's login would act.
   */
  private static boolean isExemptFromCsrf(Question question, ServerWebExchange exchange) {
    return question.presentation() instanceof PresentedToken token
        && token.scheme() != PresentedToken.Scheme.BEARER
        && exchange.getAttribute(CsrfToken.class.getName()) != null
        && !SAFE.contains(exchange.getRequest().getMethod());
  }

  /** An answer that came later came on a thread that others wait for: the request leaves it. */
  private static Mono<Decision> awaited(CompletableFuture<Decision> decision) {
    Mono<Decision> answer = Mono.fromFuture(decision, true);
    return decision.isDone() ? answer : answer.publishOn(Schedulers.parallel());
  }

  /** Only the positive branch goes on. */
  private Mono<Void> act(
      Question question,
      Decision decision,
      ChainVerification verification,
      ServerWebExchange exchange,
      WebFilterChain chain) {
    if (decision instanceof Decision.Allowed allowed) {
      if (isOff(allowed.requirement())) { // known only now, by a rule for this issuer
        return isExemptFromCsrf(question, exchange)
            ? refuse(challenges.without(question, exchange), exchange.getResponse())
            : off(exchange, chain);
      }
      Authentication authentication = verification.authentication();
      return authentication == null
          ? Mono.error(new IllegalStateException("a token was allowed that nobody verified"))
          : admit(
              EarlierDecision.of(pass(question, exchange), allowed, authentication),
              question,
              exchange,
              chain);
    }
    return decision instanceof Decision.Refused refused
        ? refuse(challenges.of(refused, exchange), exchange.getResponse())
        : Mono.error(new IllegalStateException("there is no such decision"));
  }

  private Mono<Void> admit(
      EarlierDecision decided,
      Question question,
      ServerWebExchange exchange,
      WebFilterChain chain) {
    decided.note(exchange);
    Map<String, String> fields = decided.allowed().responseHeaders();
    if (!fields.isEmpty()) {
      ServerHttpResponse response = exchange.getResponse();
      response.beforeCommit(() -> Mono.fromRunnable(() -> add(fields, response.getHeaders())));
    }
    return goOn(decided, question, exchange, chain);
  }

  /** For this request alone: a session that kept it would be a login without the token's key. */
  private Mono<Void> goOn(
      EarlierDecision decided,
      Question question,
      ServerWebExchange exchange,
      WebFilterChain chain) {
    Authentication authentication = decided.authentication();
    return parts
        .successHandler()
        .onAuthenticationSuccess(new WebFilterExchange(exchange, chain), authentication)
        .contextWrite(
            ReactiveSecurityContextHolder.withSecurityContext(
                Mono.just(new SecurityContextImpl(authentication))))
        .contextWrite(decided::within)
        .contextWrite(
            context ->
                question.presentation() instanceof PresentedToken token
                    ? IssuersAuthentication.whereCompared(context, token.value())
                    : context);
  }

  /** What the decision brings is for this client alone, and no cache may keep it. */
  private static void add(Map<String, String> fields, HttpHeaders headers) {
    fields.forEach(headers::set);
    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static Mono<Void> refuse(Challenge challenge, ServerHttpResponse response) {
    response.setStatusCode(HttpStatusCode.valueOf(challenge.status()));
    HttpHeaders headers = response.getHeaders();
    challenge.headers().forEach(headers::set);
    if (!challenge.authenticate().isEmpty()) {
      headers.put(HttpHeaders.WWW_AUTHENTICATE, challenge.authenticate());
    }
    return response.setComplete();
  }
}
