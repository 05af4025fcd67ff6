package dev.holdfast.spring;

import dev.holdfast.PathPattern;
import dev.holdfast.configuration.CacheSettings;
import dev.holdfast.configuration.HoldfastSettings;
import dev.holdfast.configuration.IntrospectionSettings;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.IssuerLimits;
import dev.holdfast.configuration.IssuerSettings;
import dev.holdfast.configuration.RolesFrom;
import dev.holdfast.configuration.RuleSettings;
import dev.holdfast.configuration.TokenSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** From what Boot has bound to what Holdfast is assembled of. */
final class SettingsMapping {
  private final HoldfastProperties properties;
  private final IssuerTrust trust;
  private final BootRedis redis;

  SettingsMapping(HoldfastProperties properties, IssuerTrust trust, BootRedis redis) {
    this.properties = properties;
    this.trust = trust;
    this.redis = redis;
  }

  /** The settings, with these issuers. */
  HoldfastSettings settings(List<HoldfastProperties.Issuer> entries) {
    List<IssuerSettings> issuers = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      issuers.add(issuer("holdfast.tokens.issuers[" + i + "]", entries.get(i)));
    }
    HoldfastProperties.Cache cache = properties.tokens().cache();
    SourcesMapping sources = new SourcesMapping(properties);
    refuseRoles();
    return new HoldfastSettings(
        properties.policy(),
        properties.methods(),
        IntStream.range(0, properties.rules().size()).mapToObj(this::rule).toList(),
        new TokenSettings(
            issuers,
            new CacheSettings(
                cache.ttl(), cache.maxEntries(), cache.negativeTtl(), cache.negativeMaxEntries()),
            properties.tokens().clockSkew()),
        sources.certificate(),
        sources.tokenBinding(),
        sources.dpop(),
        sources.proxies(),
        redis.settings(properties));
  }

  private void refuseRoles() {
    if (!properties.rolesFrom().equals(RolesFrom.NONE.name())) {
      throw new InvalidSettingException(
          "holdfast.roles-from",
          "it is for the servlet filter without Spring; here isUserInRole reads the authorities",
          "Remove it, and give the chain a JwtAuthenticationConverter that makes the authorities");
    }
  }

  @SuppressWarnings("NullAway") // it misses @Nullable on a nested type from another module
  private RuleSettings rule(int index) {
    HoldfastProperties.Rule rule = properties.rules().get(index);
    return new RuleSettings(
        rule.paths().stream().map(path -> path(index, path)).toList(),
        rule.httpMethods(),
        rule.issuers(),
        rule.policy(),
        rule.methods());
  }

  private static PathPattern path(int index, String path) {
    try {
      return PathPattern.parse(path);
    } catch (IllegalArgumentException unreadable) {
      throw new InvalidSettingException(
          "holdfast.rules[" + index + "].paths",
          String.valueOf(unreadable.getMessage()),
          "Write paths such as /payments, /accounts/*/balance or /public/**");
    }
  }

  private IssuerSettings issuer(String name, HoldfastProperties.Issuer issuer) {
    return new IssuerSettings(
        text(issuer.issuer()),
        text(issuer.jwkSetUri()),
        issuer.audiences(),
        issuer.algorithms(),
        issuer.types(),
        trust.of(name, text(issuer.sslBundle()), text(issuer.trustedCertificates())),
        introspection(name + ".introspection", issuer.introspection()),
        new IssuerLimits(issuer.maxConcurrentCalls(), issuer.keyMaxAge(), issuer.keyMaxStale()),
        issuer.allowPlainHttp());
  }

  private static @Nullable IntrospectionSettings introspection(
      String name, HoldfastProperties.@Nullable Introspection introspection) {
    return introspection == null
        ? null
        : new IntrospectionSettings(
            required(name + ".uri", introspection.uri()),
            required(name + ".client-id", introspection.clientId()),
            required(name + ".client-secret", introspection.clientSecret()),
            introspection.clientAuthentication(),
            introspection.timeout());
  }

  static String required(String name, @Nullable String value) {
    String text = text(value);
    if (text == null) {
      throw new InvalidSettingException(
          name, "it is missing", "Introspection needs a uri, a client-id and a client-secret");
    }
    return text;
  }

  static @Nullable String text(@Nullable String value) {
    return StringUtils.hasText(value) ? value : null;
  }
}
