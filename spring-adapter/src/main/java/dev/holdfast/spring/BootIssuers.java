package dev.holdfast.spring;

import dev.holdfast.configuration.IntrospectionSettings;
import dev.holdfast.configuration.IssuerLimits;
import dev.holdfast.configuration.IssuerSettings;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Boot's own properties as issuers. A key set without an issuer, and a public key from a file, are
 * none: Boot's own decoder serves them, and its tokens are enforced all the same.
 */
final class BootIssuers {
  private static final String PREFIX = "spring.security.oauth2.resourceserver.";
  static final String JWT = PREFIX + "jwt.";
  static final String OPAQUE = PREFIX + "opaquetoken.";

  private final Environment environment;

  BootIssuers(Environment environment) {
    this.environment = environment;
  }

  boolean hasJwtIssuer() {
    return text(JWT + "issuer-uri") != null;
  }

  boolean hasIntrospection() {
    return text(OPAQUE + "introspection-uri") != null;
  }

  /** The issuer of JWTs with exactly what was written, or null. */
  HoldfastProperties.@Nullable Issuer jwt() {
    return hasJwtIssuer()
        ? new HoldfastProperties.Issuer(
            text(JWT + "issuer-uri"),
            text(JWT + "jwk-set-uri"),
            texts(JWT + "audiences"),
            texts(JWT + "jws-algorithms"),
            Set.of(),
            null,
            null,
            null,
            IssuerLimits.DEFAULTS.maxConcurrentCalls(),
            IssuerLimits.DEFAULTS.keyMaxAge(),
            IssuerLimits.DEFAULTS.keyMaxStale(),
            false)
        : null;
  }

  /**
   * Boot asks for no audience where none is set. An application that relies on it starts as before,
   * and is told.
   */
  static HoldfastProperties.Issuer takingAnyAudience(HoldfastProperties.Issuer issuer) {
    if (!issuer.audiences().isEmpty()) {
      return issuer;
    }
    System.getLogger("dev.holdfast")
        .log(
            System.Logger.Level.WARNING,
            issuer.introspection() == null
                ? JWT
                    + "audiences is missing: tokens which this issuer made for other APIs are taken"
                    + " too. Write the identifier of this API."
                : OPAQUE
                    + "introspection-uri asks for no audience: tokens which this issuer made for"
                    + " other APIs are taken too. Name the endpoint under"
                    + " holdfast.tokens.issuers[0].introspection, and audiences beside it.");
    return issuer.withAudiences(Set.of(IssuerSettings.ANY_AUDIENCE));
  }

  /** The introspection endpoint with exactly what was written, or null. */
  HoldfastProperties.@Nullable Issuer opaque() {
    return hasIntrospection()
        ? new HoldfastProperties.Issuer(
            null,
            null,
            Set.of(),
            Set.of(),
            Set.of(),
            null,
            null,
            new HoldfastProperties.Introspection(
                text(OPAQUE + "introspection-uri"),
                text(OPAQUE + "client-id"),
                text(OPAQUE + "client-secret"),
                IntrospectionSettings.ClientAuthentication.BASIC,
                IntrospectionSettings.DEFAULT_TIMEOUT),
            IssuerLimits.DEFAULTS.maxConcurrentCalls(),
            IssuerLimits.DEFAULTS.keyMaxAge(),
            IssuerLimits.DEFAULTS.keyMaxStale(),
            false)
        : null;
  }

  private @Nullable String text(String name) {
    String value = environment.getProperty(name);
    return StringUtils.hasText(value) ? value : null;
  }

  private Set<String> texts(String name) {
    return Binder.get(environment).bind(name, Bindable.setOf(String.class)).orElseGet(Set::of);
  }
}
