package dev.holdfast.spring;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.Requirement;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SpringSettings;
import dev.holdfast.servlet.MetadataPlace;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.spring.events.ConfirmedEventPublisher;
import dev.holdfast.spring.sessions.Advice;
import dev.holdfast.spring.sessions.SessionGuard;
import dev.holdfast.spring.sessions.TokenSessionFilter;
import dev.holdfast.spring.witness.TokenWitness;
import dev.holdfast.spring.witness.VerifiedAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.SecurityConfigurerAdapter;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.web.context.WebApplicationContext;

/**
 * Puts Holdfast's filters in the place of those that a chain's resource server makes.
 *
 * <p>A resource server may come to a chain at any time before its filters are made: in the
 * application's own lines, in a {@code Customizer<HttpSecurity>} bean, or in the {@code init} of a
 * configurer of somebody else's. One that is there when Holdfast's configurer is initialized is
 * prepared {@link #early}. One that comes later stands behind Holdfast's in the order of the
 * chain's configurers, so that it is prepared {@link #late}, right before it makes its filters.
 */
final class ChainEnforcement {
  private final HttpSecurity http;
  private final ApplicationContext context;
  private final SecurityContextHolderStrategy contexts;
  private @Nullable OAuth2ResourceServerConfigurer<HttpSecurity> prepared;
  private boolean hasManagerOfItsOwn;

  ChainEnforcement(HttpSecurity http, SecurityContextHolderStrategy contexts) {
    this.http = http;
    this.context = http.getSharedObject(ApplicationContext.class);
    this.contexts = contexts;
    AuthenticationManagerBuilder managers =
        http.getSharedObject(AuthenticationManagerBuilder.class);
    ConfigurationStep.take(() -> managers.with(new HeldEvents(), held -> {}));
  }

  /** The chain's, as far as it has one by now. */
  @SuppressWarnings("unchecked") // the type argument of the only configurer of that class
  static @Nullable OAuth2ResourceServerConfigurer<HttpSecurity> resourceServer(HttpSecurity http) {
    return http.getConfigurer(OAuth2ResourceServerConfigurer.class);
  }

  /** The chain's manager is not built yet: the witness can stand before its other providers. */
  void early(OAuth2ResourceServerConfigurer<HttpSecurity> server) {
    http.authenticationProvider(new TokenWitness());
    prepare(server);
  }

  /** The chain's manager is built: the witness stands before the whole of it. */
  void late(OAuth2ResourceServerConfigurer<HttpSecurity> server) {
    if (server == prepared) {
      return;
    }
    AuthenticationManager manager = http.getSharedObject(AuthenticationManager.class);
    if (hasManagerOfItsOwn && manager != null) {
      http.setSharedObject(AuthenticationManager.class, new TokenWitness.InFront(manager));
    }
    prepare(server);
  }

  /**
   * Whether the chain has a resource server, whose filters are Holdfast's, and the policy for this
   * request is not {@code off}.
   */
  boolean enforces(HttpServletRequest request) {
    if (prepared == null) {
      return false;
    }
    Requirement requirement =
        context
            .getBean(BindingEnforcer.class)
            .question(context.getBean(EvidenceSource.class).evidence(request))
            .requirement();
    return requirement == null || requirement.mode() != Requirement.Mode.OFF;
  }

  private void prepare(OAuth2ResourceServerConfigurer<HttpSecurity> server) {
    EvidenceSource source = context.getBean(EvidenceSource.class);
    if (context instanceof WebApplicationContext web) {
      source.check(web.getServletContext());
    }
    BindingEnforcer enforcer = context.getBean(BindingEnforcer.class);
    SessionGuard guard = SessionGuard.of(enforcer.policy());
    server.withObjectPostProcessor(
        new FilterReplacement(
            enforcer,
            source,
            MetadataPlace.of(context.getBean(Assembly.class), source),
            rules(),
            new RefusalEvents(ConfirmedEventPublisher.springs(context)),
            contexts));
    server.withObjectPostProcessor(FrameworkProofs.replacement(contexts, guard));
    if (guard != SessionGuard.ABSENT) {
      http.addFilterBefore(
          new TokenSessionFilter(guard), DisableEncodeUrlFilter.class); // the first one
    }
    prepared = server;
  }

  private Supplier<VerifiedAuthentication.Rules> rules() {
    Duration clockSkew = context.getBean(Assembly.class).settings().tokens().clockSkew();
    SpringSettings.Tokens tokens = context.getBean(SpringSettings.class).tokens();
    return () ->
        new VerifiedAuthentication.Rules(clockSkew, tokens.attributesWithoutCnf(), new Advice());
  }

  /** Has its turn when the chain's own manager is built, which is after every {@code init}. */
  private final class HeldEvents
      extends SecurityConfigurerAdapter<AuthenticationManager, AuthenticationManagerBuilder> {
    @Override
    public void configure(AuthenticationManagerBuilder managers) {
      hasManagerOfItsOwn = true;
      if (resourceServer(http) != null) {
        managers.authenticationEventPublisher(
            new ConfirmedEventPublisher(ConfirmedEventPublisher.springs(context)));
      }
    }
  }

  /** Comes after the application's own post-processors, so that it replaces what they made. */
  private record FilterReplacement(
      BindingEnforcer enforcer,
      EvidenceSource source,
      MetadataPlace metadata,
      Supplier<VerifiedAuthentication.Rules> rules,
      RefusalEvents events,
      SecurityContextHolderStrategy contexts)
      implements ObjectPostProcessor<BearerTokenAuthenticationFilter>, Ordered {

    @Override
    @SuppressWarnings("unchecked") // Spring Security's own contract: the same kind of filter
    public <O extends BearerTokenAuthenticationFilter> O postProcess(O original) {
      return (O)
          new EnforcedBearerTokenFilter(
              original, enforcer, source, metadata, rules.get(), events, contexts);
    }

    @Override
    public int getOrder() {
      return LOWEST_PRECEDENCE;
    }
  }
}
