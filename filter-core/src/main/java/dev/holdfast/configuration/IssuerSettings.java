package dev.holdfast.configuration;

import dev.holdfast.internal.Given;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code tokens.issuers[]}: one issuer. With {@code introspection} its tokens are introspected, JWT
 * or opaque; without, they are JWTs verified by its keys. With an entry of either kind, its JWTs
 * are verified by its keys and its opaque tokens are introspected.
 *
 * @param issuer the issuer identifier, equal to the tokens' {@code iss}; null only with
 *     introspection, when the endpoint is all that is known
 * @param jwkSetUri {@code .jwk-set-uri}; null: discovered from the issuer (RFC 8414, OpenID Connect
 *     Discovery)
 * @param audiences {@code .audiences}: one must be in {@code aud}; {@link #ANY_AUDIENCE} alone
 *     takes every audience. An issuer of JWTs needs them; with introspection, empty takes every
 *     audience and is warned of
 * @param algorithms {@code .algorithms}: JWS names; empty: ES256, ES384, EdDSA, Ed25519, PS256 and
 *     RS256; {@code EdDSA} takes {@code Ed25519} as well
 * @param types {@code .types}: accepted {@code typ} values in any case; empty: {@code at+jwt},
 *     {@code application/at+jwt}, {@code JWT} and a missing {@code typ}
 * @param trust whom to trust when calling the issuer; null: the JVM's trust store
 * @param introspection {@code .introspection}, or null
 * @param limits {@code .max-concurrent-calls}, {@code .key-max-age}, {@code .key-max-stale}
 * @param allowPlainHttp {@code .allow-plain-http}: whether {@code http} is taken for this issuer's
 *     addresses beyond loopback, inside a network of one's own
 */
public record IssuerSettings(
    @Nullable String issuer,
    @Nullable String jwkSetUri,
    Set<String> audiences,
    Set<String> algorithms,
    Set<String> types,
    @Nullable SSLContext trust,
    @Nullable IntrospectionSettings introspection,
    IssuerLimits limits,
    boolean allowPlainHttp) {

  /** Says that tokens for every audience are meant to be taken. */
  public static final String ANY_AUDIENCE = "*";

  /** Copies the collections. */
  public IssuerSettings {
    audiences = Set.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    types = Set.copyOf(types);
  }

  /** The same with the default limits, spoken to over TLS or on a loopback address. */
  public IssuerSettings(
      @Nullable String issuer,
      @Nullable String jwkSetUri,
      Set<String> audiences,
      Set<String> algorithms,
      Set<String> types,
      @Nullable SSLContext trust,
      @Nullable IntrospectionSettings introspection) {
    this(
        issuer,
        jwkSetUri,
        audiences,
        algorithms,
        types,
        trust,
        introspection,
        IssuerLimits.DEFAULTS,
        false);
  }

  /** An issuer of JWTs, its keys discovered; {@link #withAudiences} must name this API. */
  public static IssuerSettings ofJwt(String issuer) {
    return new IssuerSettings(issuer, null, Set.of(), Set.of(), Set.of(), null, null);
  }

  /** An issuer whose tokens are introspected; {@link #withAudiences} should name this API. */
  public static IssuerSettings ofIntrospection(IntrospectionSettings introspection) {
    return new IssuerSettings(null, null, Set.of(), Set.of(), Set.of(), null, introspection);
  }

  /**
   * The same with these audiences, or with {@link #ANY_AUDIENCE}.
   *
   * @throws IllegalArgumentException when one of them is null, or given twice
   */
  public IssuerSettings withAudiences(String... names) {
    return new IssuerSettings(
        issuer,
        jwkSetUri,
        Set.of(Given.all("an audience", names)),
        algorithms,
        types,
        trust,
        introspection,
        limits,
        allowPlainHttp);
  }

  /** The same with keys from this address. */
  public IssuerSettings withJwkSetUri(String uri) {
    return new IssuerSettings(
        issuer, uri, audiences, algorithms, types, trust, introspection, limits, allowPlainHttp);
  }

  /** The same with this trust when the issuer is called. */
  public IssuerSettings withTrust(SSLContext context) {
    return new IssuerSettings(
        issuer,
        jwkSetUri,
        audiences,
        algorithms,
        types,
        context,
        introspection,
        limits,
        allowPlainHttp);
  }

  /** The same with these limits. */
  public IssuerSettings withLimits(IssuerLimits others) {
    return new IssuerSettings(
        issuer,
        jwkSetUri,
        audiences,
        algorithms,
        types,
        trust,
        introspection,
        others,
        allowPlainHttp);
  }

  /** The same with plain HTTP, for an issuer inside a network of one's own. */
  public IssuerSettings withPlainHttp() {
    return new IssuerSettings(
        issuer, jwkSetUri, audiences, algorithms, types, trust, introspection, limits, true);
  }
}
