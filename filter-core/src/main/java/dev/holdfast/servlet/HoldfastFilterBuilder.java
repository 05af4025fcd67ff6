package dev.holdfast.servlet;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.EnforcementListener;
import dev.holdfast.IssuerClient;
import dev.holdfast.Requirement;
import dev.holdfast.configuration.RolesFrom;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.issuers.CacheSettings;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.issuers.TokenSettings;
import dev.holdfast.configuration.settings.CertificateSettings;
import dev.holdfast.configuration.settings.CorsSettings;
import dev.holdfast.configuration.settings.DpopSettings;
import dev.holdfast.configuration.settings.EventSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.MetadataSettings;
import dev.holdfast.configuration.settings.ProxySettings;
import dev.holdfast.configuration.settings.RedisSettings;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.internal.Given;
import dev.holdfast.policy.PathPattern;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link HoldfastFilter}, in code; what is not set has the documented default. */
public final class HoldfastFilterBuilder {
  private Requirement.Mode policy;
  private Set<ConfirmationMethod> methods;
  private final List<RuleSettings> rules;
  private final List<IssuerSettings> issuers;
  private CacheSettings cache;
  private Duration clockSkew;
  private CertificateSettings certificate;
  private TokenBindingSettings tokenBinding;
  private DpopSettings dpop;
  private ProxySettings proxies;
  private RedisSettings redis;
  private CorsSettings cors = CorsSettings.none();
  private RolesFrom rolesFrom;
  private MetadataSettings metadata = MetadataSettings.none();
  private EventSettings events = EventSettings.none();
  private Clock clock = Clock.systemUTC();
  private @Nullable IssuerClient issuerClient;
  private EnforcementListener listener = EnforcementListener.silent();
  private boolean isBegun;

  HoldfastFilterBuilder() {
    HoldfastSettings defaults = HoldfastSettings.defaults();
    policy = defaults.policy();
    methods = defaults.methods();
    rules = new ArrayList<>(defaults.rules());
    issuers = new ArrayList<>(defaults.tokens().issuers());
    cache = defaults.tokens().cache();
    clockSkew = defaults.tokens().clockSkew();
    certificate = defaults.certificate();
    tokenBinding = defaults.tokenBinding();
    dpop = defaults.dpop();
    proxies = defaults.proxies();
    redis = defaults.redis();
    rolesFrom = defaults.rolesFrom();
  }

  /**
   * Takes all of these settings. Call it first: other setters may follow, and change or add to what
   * it sets.
   *
   * @throws IllegalStateException after any other setter but {@link #clock} and {@link #listener},
   *     whose setting would be lost
   */
  public HoldfastFilterBuilder settings(HoldfastSettings settings) {
    if (isBegun) {
      throw new IllegalStateException(
          "settings(...) replaces every setting, and another one was set before it. Call"
              + " settings(...) first, then policy(...), rule(...) and the others");
    }
    isBegun = true;
    policy = settings.policy();
    methods = settings.methods();
    rules.clear();
    rules.addAll(settings.rules());
    issuers.clear();
    issuers.addAll(settings.tokens().issuers());
    cache = settings.tokens().cache();
    clockSkew = settings.tokens().clockSkew();
    certificate = settings.certificate();
    tokenBinding = settings.tokenBinding();
    dpop = settings.dpop();
    proxies = settings.proxies();
    redis = settings.redis();
    cors = settings.cors();
    rolesFrom = settings.rolesFrom();
    metadata = settings.metadata();
    events = settings.events();
    return this;
  }

  /** {@code policy}: how bindings are enforced where no rule says otherwise. */
  public HoldfastFilterBuilder policy(Requirement.Mode mode) {
    isBegun = true;
    this.policy = mode;
    return this;
  }

  /** {@code methods}: which bindings are taken. */
  public HoldfastFilterBuilder methods(ConfirmationMethod... taken) {
    isBegun = true;
    this.methods = Set.of(Given.all("a method", taken));
    return this;
  }

  /** {@code rules[]}: one more exception, tried after those that were added before. */
  public HoldfastFilterBuilder rule(RuleSettings rule) {
    isBegun = true;
    rules.add(rule);
    return this;
  }

  /**
   * {@code rules[]}: another policy for a path.
   *
   * @param path as {@link PathPattern} describes it
   */
  public HoldfastFilterBuilder rule(String path, Requirement.Mode mode) {
    return rule(
        new RuleSettings(
            List.of(PathPattern.parse(Given.one("a path", path))),
            Set.of(),
            Set.of(),
            mode,
            Set.of()));
  }

  /** {@code tokens.issuers[]}: one more issuer. */
  public HoldfastFilterBuilder issuer(IssuerSettings issuer) {
    isBegun = true;
    issuers.add(issuer);
    return this;
  }

  /**
   * {@code tokens.issuers[]}: an issuer of JWTs, its keys discovered.
   *
   * @param audiences what its tokens for this API have in {@code aud}; without any, {@link #build}
   *     refuses
   */
  public HoldfastFilterBuilder issuer(String issuer, String... audiences) {
    return issuer(IssuerSettings.ofJwt(issuer).withAudiences(audiences));
  }

  /** {@code tokens.cache}. */
  public HoldfastFilterBuilder cache(CacheSettings settings) {
    isBegun = true;
    this.cache = settings;
    return this;
  }

  /** {@code tokens.clock-skew}. */
  public HoldfastFilterBuilder clockSkew(Duration skew) {
    isBegun = true;
    this.clockSkew = skew;
    return this;
  }

  /** {@code certificate.source}. */
  public HoldfastFilterBuilder certificate(CertificateSettings.CertificateSource source) {
    return certificate(CertificateSettings.of(source));
  }

  /** {@code certificate}. */
  public HoldfastFilterBuilder certificate(CertificateSettings settings) {
    isBegun = true;
    this.certificate = settings;
    return this;
  }

  /** {@code token-binding}. */
  public HoldfastFilterBuilder tokenBinding(TokenBindingSettings settings) {
    isBegun = true;
    this.tokenBinding = settings;
    return this;
  }

  /** {@code dpop}. */
  public HoldfastFilterBuilder dpop(DpopSettings settings) {
    isBegun = true;
    this.dpop = settings;
    return this;
  }

  /** {@code redis}. */
  public HoldfastFilterBuilder redis(RedisSettings settings) {
    isBegun = true;
    this.redis = settings;
    return this;
  }

  /** {@code proxies}. */
  public HoldfastFilterBuilder proxies(ProxySettings settings) {
    isBegun = true;
    this.proxies = settings;
    return this;
  }

  /** {@code cors.allowed-origins}: whose scripts' preflights the filter answers. */
  public HoldfastFilterBuilder allowedOrigins(String... origins) {
    isBegun = true;
    this.cors = new CorsSettings(Set.of(Given.all("an origin", origins)));
    return this;
  }

  /**
   * {@code roles-from}: what {@code isUserInRole} says.
   *
   * @param name {@code none}, {@code scope}, or the name of a claim with a text or a list of texts
   */
  public HoldfastFilterBuilder rolesFrom(String name) {
    isBegun = true;
    this.rolesFrom = new RolesFrom(Given.one("the name", name));
    return this;
  }

  /** {@code metadata}: what the filter tells clients that have no token yet (RFC 9728). */
  public HoldfastFilterBuilder metadata(MetadataSettings settings) {
    isBegun = true;
    this.metadata = settings;
    return this;
  }

  /** {@code events}: security events that revoke tokens before they expire. */
  public HoldfastFilterBuilder events(EventSettings settings) {
    isBegun = true;
    this.events = settings;
    return this;
  }

  /** Who hears every decision, beside the log. */
  public HoldfastFilterBuilder listener(EnforcementListener hears) {
    this.listener = hears;
    return this;
  }

  /** The wall clock. */
  public HoldfastFilterBuilder clock(Clock wallClock) {
    this.clock = wallClock;
    return this;
  }

  /** What makes the requests to issuers, in place of Holdfast's own client. */
  public HoldfastFilterBuilder issuerClient(IssuerClient client) {
    this.issuerClient = client;
    return this;
  }

  /**
   * The filter.
   *
   * @throws dev.holdfast.configuration.InvalidSettingException when a setting cannot be safe
   */
  public HoldfastFilter build() {
    HoldfastSettings settings =
        new HoldfastSettings(
            policy,
            methods,
            rules,
            new TokenSettings(issuers, cache, clockSkew),
            certificate,
            tokenBinding,
            dpop,
            proxies,
            redis,
            cors,
            rolesFrom,
            metadata,
            events);
    return new HoldfastFilter(Assembly.of(settings, clock, Runnable::run, issuerClient), listener);
  }
}
