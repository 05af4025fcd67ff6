package dev.holdfast.benchmarks;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Requirement;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.issuers.CacheSettings;
import dev.holdfast.configuration.issuers.IntrospectionSettings;
import dev.holdfast.configuration.issuers.IssuerLimits;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.issuers.TokenSettings;
import dev.holdfast.configuration.settings.CertificateSettings;
import dev.holdfast.configuration.settings.DpopSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.ProxySettings;
import dev.holdfast.configuration.settings.RedisSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
import dev.holdfast.servlet.evidence.ServletEvidence;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Holdfast as the filter runs it, with its defaults: evidence, router, cache, verifier, proof. */
final class HoldfastSide {
  private final Assembly assembly;
  private final BindingEnforcer enforcer;

  private HoldfastSide(IssuerSettings issuer) {
    this.assembly = Assembly.of(settings(issuer), Clock.systemUTC());
    this.enforcer = assembly.enforcer(EnforcementListener.silent());
  }

  private static HoldfastSettings settings(IssuerSettings issuer) {
    return new HoldfastSettings(
        Requirement.Mode.REQUIRED,
        Set.of(),
        List.of(),
        new TokenSettings(
            List.of(issuer), CacheSettings.defaults(), TokenSettings.DEFAULT_CLOCK_SKEW),
        CertificateSettings.of(CertificateSettings.CertificateSource.TLS),
        TokenBindingSettings.none(),
        DpopSettings.defaults(),
        ProxySettings.none(),
        RedisSettings.none());
  }

  /** The defaults, with JWTs of this issuer. */
  static HoldfastSettings settings(Specimens specimens) {
    return settings(issuer(specimens));
  }

  private static IssuerSettings issuer(Specimens specimens) {
    return new IssuerSettings(
        specimens.issuer(),
        specimens.jwkSetUri(),
        Set.of(IssuerSettings.ANY_AUDIENCE),
        Set.of(),
        Set.of(),
        specimens.trust(),
        null);
  }

  /** Verifies JWTs by the issuer's keys. */
  static HoldfastSide ofKeys(Specimens specimens) {
    return new HoldfastSide(issuer(specimens));
  }

  /** Introspects at the stub. */
  static HoldfastSide ofIntrospection(StubProcess stub) {
    return ofIntrospection(stub, IssuerLimits.DEFAULTS);
  }

  /** The same with other limits than the defaults, for crowds that those answer with 503. */
  static HoldfastSide ofIntrospection(StubProcess stub, IssuerLimits limits) {
    return new HoldfastSide(
        new IssuerSettings(
            stub.issuer(),
            null,
            Set.of(IssuerSettings.ANY_AUDIENCE),
            Set.of(),
            Set.of(),
            null,
            new IntrospectionSettings(
                stub.introspectionUri(),
                AuthorizationServerStub.CLIENT_ID,
                AuthorizationServerStub.CLIENT_SECRET,
                ClientAuthentication.BASIC,
                Duration.ofSeconds(30)),
            limits,
            false));
  }

  /** One request; a refusal would make a meaningless number, so it ends the run. */
  Decision.Allowed serve(ApiRequest request) {
    Decision decision = enforcer.decide(ServletEvidence.of(request));
    if (decision instanceof Decision.Allowed allowed) {
      return allowed;
    }
    throw new IllegalStateException("a rightful request was refused: " + decision);
  }

  void forgetTokens() {
    assembly.tokens().evictAll();
  }
}
