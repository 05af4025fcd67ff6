package dev.holdfast.spring;

import dev.holdfast.configuration.IntrospectionSettings;
import dev.holdfast.configuration.IssuerSettings;
import java.util.ArrayList;
import java.util.List;
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
  private static final String JWT = PREFIX + "jwt.";
  private static final String OPAQUE = PREFIX + "opaquetoken.";

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

  List<IssuerSettings> settings() {
    List<IssuerSettings> issuers = new ArrayList<>();
    if (hasJwtIssuer()) {
      issuers.add(jwtIssuer());
    }
    String uri = text(OPAQUE + "introspection-uri");
    if (uri != null) {
      issuers.add(
          new IssuerSettings(null, null, Set.of(), Set.of(), Set.of(), null, introspection(uri)));
    }
    return issuers;
  }

  /**
   * Boot asks for no audience where none is set. An application that relies on it starts as before,
   * and is told.
   */
  static IssuerSettings takingAnyAudience(IssuerSettings issuer) {
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
    return issuer.withAudiences(IssuerSettings.ANY_AUDIENCE);
  }

  private IssuerSettings jwtIssuer() {
    String jwkSetUri = text(JWT + "jwk-set-uri");
    Set<String> algorithms = texts(JWT + "jws-algorithms");
    return new IssuerSettings(
        text(JWT + "issuer-uri"),
        jwkSetUri,
        texts(JWT + "audiences"),
        // as Boot does: its default of RS256 counts where the keys are not discovered
        jwkSetUri != null && algorithms.isEmpty() ? Set.of("RS256") : algorithms,
        Set.of(),
        null,
        null);
  }

  private IntrospectionSettings introspection(String uri) {
    return new IntrospectionSettings(
        uri,
        SettingsMapping.required(OPAQUE + "client-id", text(OPAQUE + "client-id")),
        SettingsMapping.required(OPAQUE + "client-secret", text(OPAQUE + "client-secret")),
        IntrospectionSettings.ClientAuthentication.BASIC,
        IntrospectionSettings.DEFAULT_TIMEOUT);
  }

  private @Nullable String text(String name) {
    String value = environment.getProperty(name);
    return StringUtils.hasText(value) ? value : null;
  }

  private Set<String> texts(String name) {
    return Binder.get(environment).bind(name, Bindable.setOf(String.class)).orElseGet(Set::of);
  }
}
