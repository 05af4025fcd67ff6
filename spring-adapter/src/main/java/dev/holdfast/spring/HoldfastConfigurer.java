package dev.holdfast.spring;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.servlet.MetadataPlace;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.spring.answers.ChallengeEntryPoint;
import dev.holdfast.spring.answers.CsrfExemption;
import dev.holdfast.spring.issuers.IssuersAuthenticationManager;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;

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
  private @Nullable ChainEnforcement enforcement;

  private HoldfastConfigurer(Use use) {
    this.use = use;
  }

  /** For a chain that is to be a resource server of Holdfast's issuers. */
  public static HoldfastConfigurer holdfast() {
    return new HoldfastConfigurer(Use.EXPLICIT);
  }

  public static HoldfastConfigurer whereFitting() {
    return new HoldfastConfigurer(Use.WHERE_FITTING);
  }

  /**
   * Prepares the chain's resource server, where it has one by now.
   *
   * @throws IllegalStateException when Holdfast's auto-configuration is not active
   */
  @Override
  public void init(HttpSecurity http) {
    if (use == Use.WHERE_FITTING && OtherChains.areBuiltFrom(http)) {
      return;
    }
    OAuth2ResourceServerConfigurer<HttpSecurity> server = ChainEnforcement.resourceServer(http);
    if (server == null && use == Use.EXPLICIT) {
      becomeResourceServer(http);
      server = ChainEnforcement.resourceServer(http);
    }
    ChainEnforcement prepared = new ChainEnforcement(http, getSecurityContextHolderStrategy());
    enforcement = prepared;
    new CsrfExemption(prepared::enforces).applyTo(http);
    if (server != null) {
      prepared.early(server);
    }
  }

  /**
   * Prepares a resource server that came to the chain in the {@code init} of a later configurer.
   */
  @Override
  public void configure(HttpSecurity http) {
    OAuth2ResourceServerConfigurer<HttpSecurity> server = ChainEnforcement.resourceServer(http);
    if (enforcement != null && server != null) {
      enforcement.late(server);
    }
  }

  /**
   * On this chain nobody can have said anything about its RFC 9728 metadata. On the application's
   * own, Spring Security's claim stays: to replace it would lose what the application says there.
   */
  private static void becomeResourceServer(HttpSecurity http) {
    ApplicationContext context = http.getSharedObject(ApplicationContext.class);
    AuthenticationManager issuers =
        context.getBean(IssuersAuthenticationManager.class).takenByAChain();
    BindingEnforcer enforcer = context.getBean(BindingEnforcer.class);
    EvidenceSource source = context.getBean(EvidenceSource.class);
    Assembly assembly = context.getBean(Assembly.class);
    ChallengeEntryPoint entryPoint =
        new ChallengeEntryPoint(enforcer, source, MetadataPlace.of(assembly, source));
    boolean takesCertificates =
        enforcer.policy().requirements().stream().anyMatch(HoldfastConfigurer::takesCertificates);
    ConfigurationStep.take(
        () ->
            http.oauth2ResourceServer(
                own ->
                    ResourceMetadata.claim(
                        own.authenticationManagerResolver(request -> issuers)
                            .authenticationEntryPoint(entryPoint),
                        takesCertificates)));
  }

  private static boolean takesCertificates(Requirement requirement) {
    return requirement.mode() != Requirement.Mode.OFF
        && requirement.methods().contains(ConfirmationMethod.CERTIFICATE);
  }
}
