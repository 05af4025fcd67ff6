package dev.holdfast.spring.boot.issuers;

import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.internal.ApplicationLog;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Boot's own properties as issuers, with exactly what was written. A key set without an issuer, and
 * a public key from a file, are none: Boot's own decoder serves them, and its tokens are enforced
 * all the same.
 */
public final class BootIssuers {
  private static final String PREFIX = "spring.security.oauth2.resourceserver.";
  static final String JWT = PREFIX + "jwt.";
  static final String OPAQUE = PREFIX + "opaquetoken.";

  private final Environment environment;

  public BootIssuers(Environment environment) {
    this.environment = environment;
  }

  boolean hasJwtIssuer() {
    return issuer() != null;
  }

  /** Whether Boot makes a decoder, which may have no issuer. */
  boolean hasDecoder() {
    return issuer() != null || jwkSetUri() != null || text(JWT + "public-key-location") != null;
  }

  boolean hasIntrospection() {
    return introspectionUri() != null;
  }

  @Nullable String issuer() {
    return text(JWT + "issuer-uri");
  }

  @Nullable String jwkSetUri() {
    return text(JWT + "jwk-set-uri");
  }

  Set<String> audiences() {
    return texts(JWT + "audiences");
  }

  Set<String> algorithms() {
    return texts(JWT + "jws-algorithms");
  }

  @Nullable String introspectionUri() {
    return text(OPAQUE + "introspection-uri");
  }

  @Nullable String clientId() {
    return text(OPAQUE + "client-id");
  }

  @Nullable String clientSecret() {
    return text(OPAQUE + "client-secret");
  }

  /**
   * Boot asks for no audience where none is set. An application that relies on it starts as before,
   * and is told.
   */
  static Set<String> anyAudienceOfJwts() {
    return warned(
        JWT
            + "audiences is missing: tokens which this issuer made for other APIs are taken"
            + " too. Write the identifier of this API.");
  }

  /** The same of introspection, for which Boot knows no audiences. */
  static Set<String> anyAudienceOfIntrospection() {
    return warned(
        OPAQUE
            + "introspection-uri asks for no audience: tokens which this issuer made for"
            + " other APIs are taken too. Name the endpoint under"
            + " holdfast.tokens.issuers[0].introspection, and audiences beside it.");
  }

  private static Set<String> warned(String warning) {
    ApplicationLog.named("dev.holdfast").log(System.Logger.Level.WARNING, warning);
    return Set.of(IssuerSettings.ANY_AUDIENCE);
  }

  private @Nullable String text(String name) {
    String value = environment.getProperty(name);
    return StringUtils.hasText(value) ? value : null;
  }

  private Set<String> texts(String name) {
    return Binder.get(environment).bind(name, Bindable.setOf(String.class)).orElseGet(Set::of);
  }
}
