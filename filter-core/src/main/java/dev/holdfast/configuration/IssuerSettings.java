package dev.holdfast.configuration;

import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code tokens.issuers[]}: one issuer. With {@code introspection} its tokens are introspected, JWT
 * or opaque; without, they are JWTs verified by its keys.
 *
 * @param issuer the issuer identifier, equal to the tokens' {@code iss}; null only with
 *     introspection, when the endpoint is all that is known
 * @param jwkSetUri {@code .jwk-set-uri}; null: discovered from the issuer (RFC 8414, OpenID Connect
 *     Discovery)
 * @param audiences {@code .audiences}: one must be in {@code aud}; empty takes every audience
 * @param algorithms {@code .algorithms}: JWS names; empty: RS256, PS256, ES256, ES384 and EdDSA
 * @param types {@code .types}: accepted {@code typ} values in any case; empty: {@code at+jwt},
 *     {@code application/at+jwt}, {@code JWT} and a missing {@code typ}
 * @param trust whom to trust when calling the issuer; null: the JVM's trust store
 * @param introspection {@code .introspection}, or null
 */
public record IssuerSettings(
    @Nullable String issuer,
    @Nullable String jwkSetUri,
    Set<String> audiences,
    Set<String> algorithms,
    Set<String> types,
    @Nullable SSLContext trust,
    @Nullable IntrospectionSettings introspection) {

  /** Copies the collections. */
  public IssuerSettings {
    audiences = Set.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    types = Set.copyOf(types);
  }
}
