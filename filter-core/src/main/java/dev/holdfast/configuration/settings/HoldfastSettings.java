package dev.holdfast.configuration.settings;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement;
import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.RolesFrom;
import dev.holdfast.configuration.Setting;
import dev.holdfast.configuration.issuers.TokenSettings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, whichever way it was written. The components have the names of the
 * properties under {@code holdfast.}, in camel case.
 *
 * @param policy how bindings are enforced where no rule says otherwise
 * @param methods which bindings are taken; default: those whose source is set
 * @param rules exceptions by path, HTTP method and issuer; the first match decides
 * @param tokens who issues tokens, and how answers are cached
 * @param certificate where the client's certificate comes from
 * @param tokenBinding where Token Binding comes from
 * @param dpop what is demanded of DPoP proofs
 * @param proxies whose headers are believed
 * @param redis the store that nodes share
 * @param cors which other sites' scripts the servlet filter answers
 * @param rolesFrom what isUserInRole says on the servlet filter: none, scope or the name of a
 *     claim; in Spring authorities are the roles, and anything but none stops the start
 * @param metadata what clients that have no token yet are told (RFC 9728)
 * @param events security events that revoke tokens
 */
public record HoldfastSettings(
    @Setting("required") Requirement.Mode policy,
    Set<ConfirmationMethod> methods,
    List<RuleSettings> rules,
    TokenSettings tokens,
    CertificateSettings certificate,
    TokenBindingSettings tokenBinding,
    DpopSettings dpop,
    ProxySettings proxies,
    RedisSettings redis,
    CorsSettings cors,
    @Setting("none") RolesFrom rolesFrom,
    MetadataSettings metadata,
    EventSettings events) {

  private static final String DPOP = "holdfast.dpop.replay.store=redis";
  private static final String CACHE = "holdfast.tokens.cache.shared=redis";
  private static final String EVENTS = "holdfast.events.store=redis";

  /** Copies the collections. */
  public HoldfastSettings {
    methods = Set.copyOf(methods);
    rules = List.copyOf(rules);
  }

  /**
   * With {@code cors}, {@code roles-from}, {@code metadata} and {@code events} at their defaults.
   */
  public HoldfastSettings(
      Requirement.Mode policy,
      Set<ConfirmationMethod> methods,
      List<RuleSettings> rules,
      TokenSettings tokens,
      CertificateSettings certificate,
      TokenBindingSettings tokenBinding,
      DpopSettings dpop,
      ProxySettings proxies,
      RedisSettings redis) {
    this(
        policy,
        methods,
        rules,
        tokens,
        certificate,
        tokenBinding,
        dpop,
        proxies,
        redis,
        CorsSettings.none(),
        RolesFrom.NONE,
        MetadataSettings.none(),
        EventSettings.none());
  }

  /** These settings with other rules. */
  public HoldfastSettings withRules(List<RuleSettings> other) {
    return new HoldfastSettings(
        policy,
        methods,
        other,
        tokens,
        certificate,
        tokenBinding,
        dpop,
        proxies,
        redis,
        cors,
        rolesFrom,
        metadata,
        events);
  }

  /** These settings with another store that nodes share. */
  public HoldfastSettings withRedis(RedisSettings other) {
    return new HoldfastSettings(
        policy,
        methods,
        rules,
        tokens,
        certificate,
        tokenBinding,
        dpop,
        proxies,
        other,
        cors,
        rolesFrom,
        metadata,
        events);
  }

  /** These settings with other metadata. */
  public HoldfastSettings withMetadata(MetadataSettings other) {
    return new HoldfastSettings(
        policy,
        methods,
        rules,
        tokens,
        certificate,
        tokenBinding,
        dpop,
        proxies,
        redis,
        cors,
        rolesFrom,
        other,
        events);
  }

  /** These settings with other security events. */
  public HoldfastSettings withEvents(EventSettings other) {
    return new HoldfastSettings(
        policy,
        methods,
        rules,
        tokens,
        certificate,
        tokenBinding,
        dpop,
        proxies,
        redis,
        cors,
        rolesFrom,
        metadata,
        other);
  }

  /** Whether one of them puts something into the store that nodes share. */
  public boolean usesRedis() {
    return namedUseOfRedis() != null
        || (redis.uri() != null && events.isUsed() && events.store() != EventSettings.Store.LOCAL);
  }

  /** What can put something there, for a text that asks for it. */
  public static String usesOfRedis() {
    return DPOP + ", " + CACHE + " or " + EVENTS;
  }

  /** What puts something there, of several the first; for a text about it. */
  public String useOfRedis() {
    String named = namedUseOfRedis();
    return named == null ? EVENTS : named;
  }

  private @Nullable String namedUseOfRedis() {
    if (dpop.replay().store() == DpopSettings.Store.REDIS) {
      return DPOP;
    }
    if (tokens.cache().shared().isInCommonRedis()) {
      return CACHE;
    }
    return events.store() == EventSettings.Store.REDIS ? EVENTS : null;
  }

  /** Whether nodes share what is revoked. */
  public boolean sharesRevocations() {
    return usesRedis() && events.store() != EventSettings.Store.LOCAL;
  }

  /**
   * Every default: a binding is required, certificates come from the TLS layer, DPoP proofs are
   * taken, no proxy is trusted, no issuer yet.
   */
  public static HoldfastSettings defaults() {
    return RecordReader.defaults(HoldfastSettings.class);
  }
}
