package dev.holdfast.configuration.issuers;

import dev.holdfast.configuration.IssuerTls;
import dev.holdfast.configuration.Setting;
import dev.holdfast.internal.Given;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code tokens.issuers[]}: one issuer. With {@code introspection} its tokens are introspected, JWT
 * or opaque; without, they are JWTs verified by its keys. With an entry of either kind, its JWTs
 * are verified by its keys and its opaque tokens are introspected.
 *
 * @param issuer its identifier, equal to the tokens' iss; it may be missing with introspection
 *     only, when the endpoint is all that is known
 * @param jwkSetUri its keys; default: discovered from the issuer (RFC 8414, OpenID Connect
 *     Discovery)
 * @param audiences one must be in aud; * alone takes every audience. An issuer of JWTs needs them;
 *     with introspection, leaving them out takes every audience and is a warning at the start
 * @param algorithms JWS names; default: ES256, ES384, EdDSA, Ed25519, PS256 and RS256; EdDSA takes
 *     Ed25519 as well
 * @param types accepted typ values in any case; default: at+jwt, application/at+jwt, JWT and a
 *     missing typ
 * @param trust a PEM file: whom to trust when calling this issuer; default: the JVM's trust store
 * @param introspection the endpoint that vouches for its tokens, JWT or opaque
 * @param limits what it may cost, and how long its keys are believed
 * @param allowPlainHttp take http:// for this issuer's addresses beyond loopback, in a network of
 *     your own
 */
public record IssuerSettings(
    @Setting @Nullable String issuer,
    @Setting @Nullable String jwkSetUri,
    Set<String> audiences,
    Set<String> algorithms,
    Set<String> types,
    @Setting(name = "trusted-certificates") @Nullable IssuerTls trust,
    @Nullable IntrospectionSettings introspection,
    @Setting.Inline IssuerLimits limits,
    @Setting("false") boolean allowPlainHttp) {

  /** Says that tokens for every audience are meant to be taken. */
  public static final String ANY_AUDIENCE = "*";

  /** Whom to trust when the issuer is called, now; null: the JVM's trust store. */
  public @Nullable SSLContext trustNow() {
    return trust == null ? null : trust.context();
  }

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
        trust == null ? null : IssuerTls.of(trust),
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

  /**
   * The same with this trust when the issuer is called, and with the key in it for {@code
   * client-authentication=tls}.
   */
  public IssuerSettings withTrust(SSLContext context) {
    return new IssuerSettings(
        issuer,
        jwkSetUri,
        audiences,
        algorithms,
        types,
        IssuerTls.of(context),
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
