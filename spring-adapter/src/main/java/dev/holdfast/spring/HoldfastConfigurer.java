package dev.holdfast.spring;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.BindingPolicy;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.servlet.Challenges;
import dev.holdfast.servlet.EvidenceSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.web.context.WebApplicationContext;

/**
 * Enforces token binding on one {@code SecurityFilterChain}.
 *
 * <p>The auto-configuration installs it on every chain; there it acts when the chain has {@code
 * oauth2ResourceServer(...)} and leaves every other chain alone. Named explicitly, {@code
 * http.with(HoldfastConfigurer.holdfast(), withDefaults())}, it also makes a resource server of a
 * chain that is none, with all of Holdfast's issuers, JWT and opaque at once.
 */
public final class HoldfastConfigurer
    extends AbstractHttpConfigurer<HoldfastConfigurer, HttpSecurity> {

  private enum Use {
    EXPLICIT,
    WHERE_FITTING
  }

  private final Use use;

  private HoldfastConfigurer(Use use) {
    this.use = use;
  }

  /** For a chain that is to be a resource server of Holdfast's issuers. */
  public static HoldfastConfigurer holdfast() {
    return new HoldfastConfigurer(Use.EXPLICIT);
  }

  static HoldfastConfigurer whereFitting() {
    return new HoldfastConfigurer(Use.WHERE_FITTING);
  }

  /**
   * Prepares the chain's resource server, which is configured after every {@code init}.
   *
   * @throws IllegalStateException when Holdfast's auto-configuration is not active
   */
  @Override
  public void init(HttpSecurity http) {
    OAuth2ResourceServerConfigurer<HttpSecurity> server = resourceServer(http);
    if (server == null && use == Use.EXPLICIT) {
      becomeResourceServer(http);
      server = resourceServer(http);
    }
    if (server != null) {
      enforce(http, server);
    }
  }

  /**
   * On this chain nobody can have said anything about its RFC 9728 metadata. On the application's
   * own, Spring Security's claim stays: to replace it would lose what the application says there.
   */
  private static void becomeResourceServer(HttpSecurity http) {
    ApplicationContext context = http.getSharedObject(ApplicationContext.class);
    AuthenticationManager issuers = context.getBean(IssuersAuthenticationManager.class).manager();
    BindingEnforcer enforcer = context.getBean(BindingEnforcer.class);
    ChallengeEntryPoint entryPoint =
        new ChallengeEntryPoint(new Challenges(enforcer), context.getBean(EvidenceSource.class));
    boolean takesCertificates =
        enforcer.policy().requirements().stream().anyMatch(HoldfastConfigurer::takesCertificates);
    http.oauth2ResourceServer(
        own ->
            own.authenticationManagerResolver(request -> issuers)
                .authenticationEntryPoint(entryPoint)
                .protectedResourceMetadata(
                    metadata ->
                        metadata.protectedResourceMetadataCustomizer(
                            claims ->
                                claims.tlsClientCertificateBoundAccessTokens(takesCertificates))));
  }

  private static boolean takesCertificates(BindingPolicy.Requirement requirement) {
    return requirement.mode() != BindingPolicy.Mode.OFF
        && requirement.methods().contains(ConfirmationMethod.CERTIFICATE);
  }

  @SuppressWarnings("unchecked") // the type argument of the only configurer of that class
  private static @Nullable OAuth2ResourceServerConfigurer<HttpSecurity> resourceServer(
      HttpSecurity http) {
    return http.getConfigurer(OAuth2ResourceServerConfigurer.class);
  }

  private void enforce(HttpSecurity http, OAuth2ResourceServerConfigurer<HttpSecurity> server) {
    ApplicationContext context = http.getSharedObject(ApplicationContext.class);
    EvidenceSource source = context.getBean(EvidenceSource.class);
    if (context instanceof WebApplicationContext web) {
      source.check(web.getServletContext());
    }
    http.authenticationProvider(new TokenWitness());
    http.getSharedObject(AuthenticationManagerBuilder.class)
        .authenticationEventPublisher(new ConfirmedEventPublisher(publisher(context)));
    server.withObjectPostProcessor(
        new FilterReplacement(
            context.getBean(BindingEnforcer.class),
            source,
            context.getBean(HoldfastProperties.class),
            new RefusalEvents(publisher(context)),
            getSecurityContextHolderStrategy()));
    server.withObjectPostProcessor(new DpopFilterReplacement());
    context.getBean(EnforcedChains.class).add();
  }

  /** The one that Spring Security would have used. */
  static AuthenticationEventPublisher publisher(ApplicationContext context) {
    return context
        .getBeanProvider(AuthenticationEventPublisher.class)
        .getIfAvailable(() -> new DefaultAuthenticationEventPublisher(context));
  }

  /** Comes after the application's own post-processors, so that it replaces what they made. */
  private record FilterReplacement(
      BindingEnforcer enforcer,
      EvidenceSource source,
      HoldfastProperties properties,
      RefusalEvents events,
      SecurityContextHolderStrategy contexts)
      implements ObjectPostProcessor<BearerTokenAuthenticationFilter>, Ordered {

    @Override
    @SuppressWarnings("unchecked") // Spring Security's own contract: the same kind of filter
    public <O extends BearerTokenAuthenticationFilter> O postProcess(O original) {
      return (O)
          new EnforcedBearerTokenFilter(
              original, enforcer, source, properties.tokens(), events, contexts);
    }

    @Override
    public int getOrder() {
      return LOWEST_PRECEDENCE;
    }
  }

  /** The only filter of that class which a resource server makes is that of {@code .dPoP()}. */
  private record DpopFilterReplacement()
      implements ObjectPostProcessor<AuthenticationFilter>, Ordered {

    @Override
    @SuppressWarnings("unchecked") // Spring Security's own contract: the same kind of filter
    public <O extends AuthenticationFilter> O postProcess(O original) {
      return (O) new ConfirmedDpopFilter(original);
    }

    @Override
    public int getOrder() {
      return LOWEST_PRECEDENCE;
    }
  }
}
