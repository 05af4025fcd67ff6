package dev.holdfast.spring;

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
import dev.holdfast.servlet.AllowedResponse;
import dev.holdfast.servlet.ChallengeWriter;
import dev.holdfast.servlet.MetadataPlace;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.spring.answers.BodyResponse;
import dev.holdfast.spring.answers.SchemeOffer;
import dev.holdfast.spring.answers.SealedHandlers;
import dev.holdfast.spring.scope.PolicyOff;
import dev.holdfast.spring.scope.PublicReasons;
import dev.holdfast.spring.scope.ScopedContextStrategy;
import dev.holdfast.spring.sessions.SessionGuard;
import dev.holdfast.spring.sessions.TokenSessionFilter;
import dev.holdfast.spring.takers.ConfirmingFilter;
import dev.holdfast.spring.takers.ElsewhereTokens;
import dev.holdfast.spring.verification.ChainManagers;
import dev.holdfast.spring.verification.FrameworkVerification;
import dev.holdfast.spring.witness.VerifiedAuthentication;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.DeferredCsrfToken;

/**
 * Takes the place of a chain's bearer token filter. Where the policy is {@code off} the original
 * runs as if nothing were there. Elsewhere the enforcer decides, and the original only verifies the
 * token, sealed off by a {@link FrameworkVerification}.
 *
 * <p>A request without a credential goes on unauthenticated: the chain's own rules decide about it.
 * The decision is taken once per request; what is dispatched within it reuses the security context.
 */
public final class EnforcedBearerTokenFilter extends BearerTokenAuthenticationFilter
    implements ConfirmingFilter {
  private static final AuthenticationManager NEVER_ASKED =
      authentication -> {
        throw new AuthenticationServiceException("the original filter authenticates");
      };

  private final BearerTokenAuthenticationFilter original;
  private final BindingEnforcer enforcer;
  private final Challenges challenges;
  private final @Nullable ChainManagers managers;
  private final EvidenceSource source;
  private final MetadataPlace metadata;
  private final VerifiedAuthentication.Rules rules;
  private final RefusalEvents events;
  private final @Nullable AuthenticationEntryPoint entryPoint;
  private final SecurityContextHolderStrategy contexts;
  private final SessionGuard guard;
  private final SecurityContextRepository repository =
      new RequestAttributeSecurityContextRepository();

  EnforcedBearerTokenFilter(
      BearerTokenAuthenticationFilter original,
      BindingEnforcer enforcer,
      EvidenceSource source,
      MetadataPlace metadata,
      VerifiedAuthentication.Rules rules,
      RefusalEvents events,
      SecurityContextHolderStrategy contexts) {
    super(NEVER_ASKED);
    this.guard = SessionGuard.of(enforcer.policy());
    original.setSecurityContextHolderStrategy(new ScopedContextStrategy(contexts, guard));
    this.original = original;
    this.entryPoint = SealedHandlers.seal(original);
    this.events = events;
    this.enforcer = enforcer;
    this.challenges = new Challenges(enforcer);
    this.managers =
        enforcer.mechanisms().stream().anyMatch(mechanism -> mechanism.method().hasOwnScheme())
            ? ChainManagers.of(original)
            : ChainManagers.find(original);
    this.source = source;
    this.metadata = metadata;
    this.rules = rules;
    this.contexts = contexts;
  }

  /** Where the original looks for tokens that never come to be enforced. */
  public Set<String> tokensElsewhere() {
    return ElsewhereTokens.in(original);
  }

  /** Where this chain holds who is authenticated. */
  SecurityContextHolderStrategy contexts() {
    return contexts;
  }

  /** What becomes of a login that a session would keep. */
  SessionGuard guard() {
    return guard;
  }

  /** To be called when everything that verifies tokens is there. */
  public void watchIntrospectors() {
    if (managers != null) {
      managers.watchIntrospectors();
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest received, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest request = source.admit(received);
    Question question = enforcer.question(source.evidence(request));
    if (isOff(question.requirement())) {
      PolicyOff.run(original, request, response, chain);
    } else if (question.presentation() instanceof Presentation.None none
        && none.refusal() == Refusal.NO_CREDENTIALS) {
      if (passedForToken(request)) {
        Refusal refusal = Refusal.NO_CREDENTIALS;
        answer(
            challenges.of(refusal, question, metadata.address(request)),
            refusal,
            request,
            response);
        return;
      }
      PassedOver.mark(request);
      chain.doFilter(request, offering(request, response, question));
    } else {
      enforce(question, request, response, chain);
    }
  }

  /**
   * Whether the chain's protection against CSRF has let the request go on for a token that is not
   * in {@code Authorization}: that one is never taken, so that the session's login would act.
   */
  private boolean passedForToken(HttpServletRequest request) {
    return managers != null && hasCsrfProtection(request) && managers.findToken(request);
  }

  /**
   * Whether Holdfast's own exemption has let the request go on: where the policy turns out to be
   * {@code off}, Spring Security takes no token of that scheme, and the session's login would act.
   */
  private static boolean isExemptFromCsrf(Question question, HttpServletRequest request) {
    return question.presentation() instanceof PresentedToken token
        && token.scheme() != PresentedToken.Scheme.BEARER
        && hasCsrfProtection(request)
        && CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request);
  }

  /** Whether the chain's {@code CsrfFilter} has seen the request. */
  private static boolean hasCsrfProtection(HttpServletRequest request) {
    return request.getAttribute(DeferredCsrfToken.class.getName()) != null;
  }

  private static boolean isOff(@Nullable Requirement requirement) {
    return requirement != null && requirement.mode() == Mode.OFF;
  }

  private HttpServletResponse offering(
      HttpServletRequest request, HttpServletResponse response, Question question) {
    String address = metadata.address(request);
    List<String> others = challenges.besideBearer(question.requirement(), address);
    return others.isEmpty() && address == null
        ? response
        : new SchemeOffer(response, others, address);
  }

  private void enforce(
      Question question,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    TokenSessionFilter.tokenCame(request);
    FrameworkVerification verification =
        new FrameworkVerification(
            original, managers, request, rules, question.requirement() == null, contexts);
    Decision decision = enforcer.decide(question, verification);
    if (decision instanceof Decision.Allowed allowed) {
      if (isOff(allowed.requirement())) { // known only now, by a rule for this issuer
        if (isExemptFromCsrf(question, request)) {
          answer(
              challenges.of(Refusal.NO_CREDENTIALS, question, metadata.address(request)),
              Refusal.NO_CREDENTIALS,
              request,
              response);
        } else {
          PolicyOff.run(original, request, response, chain);
        }
        return;
      }
      admit(verification, request, response);
      source.expose(request, question.evidence(), allowed);
      verification.noteAllowedToken();
      if (allowed.binding() != null && allowed.requirement().mode() != Mode.REPORT_ONLY) {
        PassedOver.mark(request);
      }
      chain.doFilter(request, AllowedResponse.of(allowed, response));
    } else if (decision instanceof Decision.Refused refused) {
      events.publish(request, refused, verification.failure());
      answer(
          challenges.of(refused, metadata.address(request)), refused.refusal(), request, response);
    }
  }

  /** The status and the challenge are Holdfast's; the application's entry point adds the body. */
  private void answer(
      Challenge challenge,
      Refusal refusal,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (entryPoint == null) {
      ChallengeWriter.write(challenge, response);
      return;
    }
    BodyResponse body = new BodyResponse(response, challenge);
    try {
      entryPoint.commence(request, body, PublicReasons.outside(refusal));
    } catch (ServletException | IOException | RuntimeException failed) {
      rules
          .advice()
          .give(
              "The authentication entry point "
                  + entryPoint.getClass().getName()
                  + " failed, so that refusals have no body: "
                  + failed.getClass().getName());
      body.sendWithoutBody();
      return;
    }
    body.send();
  }

  /** For this request alone: a session that kept it would be a login without the token's key. */
  private void admit(
      FrameworkVerification verification,
      HttpServletRequest request,
      HttpServletResponse response) {
    verification.releaseEvents();
    SecurityContext context = guard.emptyContext(contexts);
    context.setAuthentication(verification.authentication());
    contexts.setContext(context);
    repository.saveContext(context, request, response);
  }
}
