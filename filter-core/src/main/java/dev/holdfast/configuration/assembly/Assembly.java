package dev.holdfast.configuration.assembly;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.AuthenticationClock;
import dev.holdfast.BindingEnforcer;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.EnforcementListener;
import dev.holdfast.IssuerClient;
import dev.holdfast.KeyProof;
import dev.holdfast.ProofVerifier;
import dev.holdfast.ReplayGuard;
import dev.holdfast.TokenScreen;
import dev.holdfast.cache.CachingAccessTokenVerifier;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.checks.DpopChecks;
import dev.holdfast.configuration.checks.EventChecks;
import dev.holdfast.configuration.checks.HeaderNameChecks;
import dev.holdfast.configuration.checks.MetadataChecks;
import dev.holdfast.configuration.checks.ProxyChecks;
import dev.holdfast.configuration.checks.RangeChecks;
import dev.holdfast.configuration.checks.RedisChecks;
import dev.holdfast.configuration.checks.SecretChecks;
import dev.holdfast.configuration.checks.SharedCacheChecks;
import dev.holdfast.configuration.checks.SourceChecks;
import dev.holdfast.configuration.checks.TokenChecks;
import dev.holdfast.configuration.checks.UnnamedIssuers;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.ProxySettings;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.events.receiver.EventIntake;
import dev.holdfast.events.receiver.EventReceiver;
import dev.holdfast.events.receiver.EventStatistics;
import dev.holdfast.http.ProxyTrust;
import dev.holdfast.http.TargetUri;
import dev.holdfast.http.TrustedProxies;
import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.internal.RecordMethods;
import dev.holdfast.introspection.shared.SharedStatistics;
import dev.holdfast.mtls.header.CertificateHeader;
import dev.holdfast.policy.BindingPolicy;
import dev.holdfast.tokenbinding.TokenBindings;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts together from the settings, once, at the start. It is the only class that names
 * the mechanisms; a new one adds its line to {@code byMethod}.
 */
public final class Assembly implements AutoCloseable {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast");

  private static final List<MethodSwitch> SWITCHES =
      List.of(
          MethodSwitch.ofSource(ConfirmationMethod.CERTIFICATE),
          MethodSwitch.ofSource(ConfirmationMethod.TOKEN_BINDING),
          DpopAssembly.SWITCH);

  private final HoldfastSettings settings;
  private final Clock clock;
  private final @Nullable CertificateHeader certificateHeader;
  private final @Nullable TokenBindings tokenBindings;
  private final TargetUri targetUri;
  private final @Nullable TrustedProxies trustedProxies;
  private final @Nullable ReplayGuard replayGuard;
  private final Map<ConfirmationMethod, ProofVerifier> mechanisms;
  private final BindingPolicy policy;
  private final @Nullable CachingAccessTokenVerifier tokens;
  private final @Nullable SharedCacheAssembly sharedCache;
  private final TokenScreen screen;
  private final TokenEviction eviction;
  private final @Nullable EventIntake intake;
  private final @Nullable EventReceiver events;
  private final OpenParts parts;

  private Assembly(
      HoldfastSettings settings,
      Clock clock,
      Executor calls,
      @Nullable IssuerClient client,
      OpenParts parts) {
    this.parts = parts;
    this.settings = settings;
    this.clock = clock;
    this.certificateHeader = SourceAssembly.certificateHeader(settings.certificate());
    ProxyTrust trust = ProxyChecks.check(settings);
    this.tokenBindings = SourceAssembly.tokenBindings(settings.tokenBinding());
    HeaderNameChecks.check(settings, certificateHeader, tokenBindings);
    ProxySettings proxies = settings.proxies();
    this.targetUri =
        TargetUri.of(proxies.forwarding(), proxies.externalUri(), proxies.originalUriHeader());
    this.trustedProxies =
        trust.networks().ranges().isEmpty()
            ? null
            : SourceAssembly.trusted(trust, settings, targetUri, certificateHeader, tokenBindings);
    ReplayGuard guard = DpopAssembly.guard(settings, clock);
    this.replayGuard = guard == null ? null : parts.add(guard);
    this.mechanisms = byMethod();
    this.policy = new PolicyAssembly(settings, mechanisms.keySet(), SWITCHES).policy();
    EventAssembly revoking = new EventAssembly(settings, clock, parts);
    this.screen = revoking.screen();
    this.sharedCache = SharedCacheAssembly.of(settings, revoking::isKnown, clock, parts);
    this.tokens =
        settings.tokens().issuers().isEmpty()
            ? null
            : new TokenAssembly(settings.tokens(), clock, calls, client, parts)
                .verifier(screen, sharedCache);
    this.eviction = revoking.eviction(tokens);
    this.intake = revoking.intake(eviction, client, parts);
    this.events = revoking.receiver(intake);
  }

  /**
   * The parts for these settings.
   *
   * @throws InvalidSettingException when a setting cannot be safe
   */
  public static Assembly of(HoldfastSettings settings, Clock clock) {
    return of(settings, clock, Runnable::run, null);
  }

  /**
   * The parts for these settings, at an edge whose threads must not be blocked.
   *
   * @param calls where calls to introspection endpoints are made and waited for
   * @param client what makes the requests to issuers, or null for Holdfast's own
   * @throws InvalidSettingException when a setting cannot be safe
   */
  public static Assembly of(
      HoldfastSettings settings, Clock clock, Executor calls, @Nullable IssuerClient client) {
    RangeChecks.check(settings);
    SecretChecks.check(settings);
    TokenChecks.check(settings.tokens());
    SourceChecks.check(settings);
    SharedCacheChecks.check(settings.tokens());
    DpopChecks.check(settings.dpop());
    RedisChecks.check(settings);
    MetadataChecks.check(settings);
    EventChecks.check(settings);
    Assembly assembly =
        OpenParts.unlessFailing(parts -> new Assembly(settings, clock, calls, client, parts));
    UnnamedIssuers.warn(settings);
    return assembly;
  }

  private Map<ConfirmationMethod, ProofVerifier> byMethod() {
    List<ProofVerifier> available =
        SourceAssembly.verifiers(settings, certificateHeader, tokenBindings);
    if (replayGuard != null) {
      available.add(DpopAssembly.verifier(settings.dpop(), replayGuard, clock));
    }
    Map<ConfirmationMethod, ProofVerifier> byMethod = new TreeMap<>();
    available.forEach(mechanism -> byMethod.put(mechanism.method(), mechanism));
    return byMethod;
  }

  /** What all of this was put together from. */
  public HoldfastSettings settings() {
    return settings;
  }

  /** What decides whether a request's last hop is a trusted proxy; null where nobody is trusted. */
  public @Nullable TrustedProxies trustedProxies() {
    return trustedProxies;
  }

  /** What tells the URI that a client asked for. */
  public TargetUri targetUri() {
    return targetUri;
  }

  /** What reads the certificate from a trusted proxy's header; null with another source. */
  public @Nullable CertificateHeader certificateHeader() {
    return certificateHeader;
  }

  /** What tells the Token Bindings of a request; null where they have no source. */
  public @Nullable TokenBindings tokenBindings() {
    return tokenBindings;
  }

  /** Where spent DPoP proofs are remembered; null where DPoP is not taken. */
  public @Nullable ReplayGuard replayGuard() {
    return replayGuard;
  }

  /** Every mechanism whose source is set. */
  public List<ProofVerifier> mechanisms() {
    return List.copyOf(mechanisms.values());
  }

  /**
   * The mechanisms that prove a connection's key, to which cookies can be bound.
   *
   * @param methods which of them; empty: all whose source is set
   * @throws InvalidSettingException when one of them is not there
   */
  public List<KeyProof> keyProofs(Set<ConfirmationMethod> methods) {
    return KeyProofs.of(mechanisms, methods);
  }

  /** What is required where. */
  public BindingPolicy policy() {
    return policy;
  }

  /** Whether an issuer is configured, so that {@link #tokens()} can be asked for. */
  public boolean hasIssuers() {
    return tokens != null;
  }

  /**
   * Verifies tokens of all configured issuers, cached; the same instance each time.
   *
   * @throws InvalidSettingException when no issuer is configured
   */
  public CachingAccessTokenVerifier tokens() {
    if (tokens == null) {
      throw new InvalidSettingException(
          "holdfast.tokens.issuers",
          "no issuer is configured, so that no token could be verified",
          "Set holdfast.tokens.issuers[0].issuer to the issuer of your access tokens");
    }
    return tokens;
  }

  /** What the cache that nodes share has done; null where none is. */
  public @Nullable SharedStatistics sharedCache() {
    return sharedCache == null ? null : sharedCache.statistics();
  }

  /** What revokes tokens before they expire. */
  public TokenEviction eviction() {
    return eviction;
  }

  /** What became of security events, pushed or polled; null where no transmitter is set. */
  public @Nullable EventStatistics eventStatistics() {
    return intake == null ? null : intake.statistics();
  }

  /** What takes security events that are pushed; null where no path for them is set. */
  public @Nullable EventReceiver events() {
    return events;
  }

  /** What holds here, in one line fit for a log: the policy, its methods, and who issues tokens. */
  public String summary() {
    return new Summary(settings, policy, issuer -> true).text();
  }

  /**
   * An enforcer of all of this, and one line in the log that says what it enforces. It logs
   * refusals to the logger {@code dev.holdfast}.
   *
   * @param listener hears every decision after the log
   * @throws InvalidSettingException when no issuer is configured
   */
  public BindingEnforcer enforcer(EnforcementListener listener) {
    BindingEnforcer enforcer = enforcer(tokens(), listener);
    logStart();
    return enforcer;
  }

  /**
   * What a start says in one line: {@code Holdfast enforces ...} with the {@link #summary}, or
   * {@code Holdfast only reports ...} where the policy is {@code report-only}, or {@code Holdfast
   * compares no keys ...} where it is {@code off}.
   */
  public String startSentence() {
    return startSentence(issuer -> true);
  }

  /**
   * The same for an edge at which some issuers have no part.
   *
   * @param asked which of them verify tokens there
   */
  public String startSentence(Predicate<IssuerSettings> asked) {
    return new Summary(settings, policy, asked).sentence();
  }

  /** Writes {@link #startSentence} to the log, for an edge that has completed its start. */
  public void logStart() {
    LOGGER.log(Level.INFO, startSentence());
  }

  /** The same with another verifier of tokens. */
  public BindingEnforcer enforcer(AccessTokenVerifier verifier, EnforcementListener listener) {
    return timed(new BindingEnforcer(mechanisms(), verifier, policy, logging(listener)));
  }

  /** The same for an edge whose framework verifies tokens by its own parts. */
  public BindingEnforcer frameworkEnforcer(EnforcementListener listener) {
    return timed(new BindingEnforcer(mechanisms(), policy, logging(listener))).with(screen);
  }

  private BindingEnforcer timed(BindingEnforcer enforcer) {
    return enforcer.with(new AuthenticationClock(clock, settings.tokens().clockSkew()));
  }

  /** Writes the log of {@link #enforcer}, then tells {@code next}. */
  public EnforcementListener logging(EnforcementListener next) {
    return new EnforcementLog().and(next);
  }

  /** Ends every connection and thread of its own. Nothing is to be decided afterwards. */
  @Override
  public void close() {
    parts.close();
    RecordMethods.forgetTheLast(); // so that no class loader of the application stays
  }
}
