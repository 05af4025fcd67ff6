package dev.holdfast.spring;

import dev.holdfast.BindingPolicy;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.CertificateSettings;
import dev.holdfast.configuration.DpopSettings;
import dev.holdfast.configuration.IntrospectionSettings;
import dev.holdfast.configuration.TokenBindingSettings;
import dev.holdfast.http.Forwarding;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set under {@code holdfast.}.
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
 * @param rolesFrom for the servlet filter without Spring; here authorities are the roles, so that
 *     anything but none stops the start
 */
@ConfigurationProperties("holdfast")
record HoldfastProperties(
    @DefaultValue("required") BindingPolicy.Mode policy,
    @DefaultValue Set<ConfirmationMethod> methods,
    @DefaultValue List<Rule> rules,
    @DefaultValue Tokens tokens,
    @DefaultValue Certificate certificate,
    @DefaultValue TokenBinding tokenBinding,
    @DefaultValue Dpop dpop,
    @DefaultValue Proxies proxies,
    @DefaultValue Redis redis,
    @DefaultValue("none") String rolesFrom) {

  /**
   * An exception: it overrides what it names, where everything it names matches.
   *
   * @param paths such as /payments, /accounts/{@literal *}/balance, /public/**; none: every path
   * @param httpMethods such as GET; none: every method
   * @param policy overrides the default
   * @param methods overrides the default
   * @param issuers for tokens of these issuers; none: of every issuer
   */
  record Rule(
      @DefaultValue List<String> paths,
      @DefaultValue Set<String> httpMethods,
      BindingPolicy.@Nullable Mode policy,
      @DefaultValue Set<ConfirmationMethod> methods,
      @DefaultValue Set<String> issuers) {}

  /**
   * Access tokens.
   *
   * @param issuers who issues them; spring.security.oauth2.resourceserver.* counts as one more
   * @param cache how long a verification may be reused; never beyond a token's exp
   * @param clockSkew how far an issuer's clock may be ahead; granted to nbf and iat, never to exp
   * @param chainsOfOthers names of SecurityFilterChain beans whose own bearer filter is meant, and
   *     which Holdfast leaves alone; the line at the start repeats them
   * @param attributesWithoutCnf what it means when an introspector or a converter of your own
   *     returns attributes that have no cnf and are not shown to be the issuer's own answer
   */
  record Tokens(
      @DefaultValue List<Issuer> issuers,
      @DefaultValue Cache cache,
      @DefaultValue("10s") Duration clockSkew,
      @DefaultValue Set<String> chainsOfOthers,
      @DefaultValue("refuse") AttributesWithoutCnf attributesWithoutCnf) {}

  /** What attributes of the application's own making say when they have no cnf. */
  enum AttributesWithoutCnf {
    /** Nothing: the token is refused wherever bindings count. */
    REFUSE,
    /** That the token is bound to no key. */
    UNBOUND
  }

  /**
   * One issuer.
   *
   * @param issuer its identifier, equal to the tokens' iss
   * @param jwkSetUri its keys; default: discovered from the issuer
   * @param audiences one must be in aud; none: every audience is taken
   * @param algorithms JWS names; default: ES256, ES384, EdDSA, Ed25519, PS256 and RS256
   * @param types accepted typ values; default: at+jwt, application/at+jwt, JWT and a missing typ
   * @param sslBundle whom to trust, and with which key to call, when calling this issuer
   * @param trustedCertificates a PEM file: whom to trust when calling this issuer
   * @param introspection the endpoint that vouches for its tokens, JWT or opaque
   * @param maxConcurrentCalls how many calls to it are under way at a time; keep it well below the
   *     number of the server's threads
   * @param keyMaxAge for how long a key is believed that the issuer has removed
   * @param keyMaxStale the same while the issuer cannot be reached
   * @param allowPlainHttp take http:// for this issuer beyond loopback, in a network of your own
   */
  record Issuer(
      @Nullable String issuer,
      @Nullable String jwkSetUri,
      @DefaultValue Set<String> audiences,
      @DefaultValue Set<String> algorithms,
      @DefaultValue Set<String> types,
      @Nullable String sslBundle,
      @Nullable String trustedCertificates,
      @Nullable Introspection introspection,
      @DefaultValue("50") int maxConcurrentCalls,
      @DefaultValue("5m") Duration keyMaxAge,
      @DefaultValue("15m") Duration keyMaxStale,
      @DefaultValue("false") boolean allowPlainHttp) {

    Issuer withAudiences(Set<String> others) {
      return copy(others, algorithms, introspection);
    }

    Issuer withAlgorithms(Set<String> others) {
      return copy(audiences, others, introspection);
    }

    Issuer withIntrospection(Introspection other) {
      return copy(audiences, algorithms, other);
    }

    private Issuer copy(Set<String> names, Set<String> signs, @Nullable Introspection endpoint) {
      return new Issuer(
          issuer,
          jwkSetUri,
          names,
          signs,
          types,
          sslBundle,
          trustedCertificates,
          endpoint,
          maxConcurrentCalls,
          keyMaxAge,
          keyMaxStale,
          allowPlainHttp);
    }
  }

  /**
   * Introspection, RFC 7662.
   *
   * @param uri the endpoint
   * @param clientId this service's identifier at the issuer
   * @param clientSecret its secret
   * @param clientAuthentication how the secret is sent
   * @param timeout the total deadline of one call
   */
  record Introspection(
      @Nullable String uri,
      @Nullable String clientId,
      @Nullable String clientSecret,
      @DefaultValue("basic") IntrospectionSettings.ClientAuthentication clientAuthentication,
      @DefaultValue("5s") Duration timeout) {

    @Override
    public String toString() {
      return "Introspection[uri=" + uri + ", clientId=" + clientId + "]";
    }
  }

  /**
   * The cache of verifications.
   *
   * @param ttl how long a verification may be reused; 0 caches nothing
   * @param maxEntries at most so many tokens
   * @param negativeTtl how long a token stays refused that introspection calls inactive
   * @param negativeMaxEntries at most so many of these
   */
  record Cache(
      @DefaultValue("1m") Duration ttl,
      @DefaultValue("100000") long maxEntries,
      @DefaultValue("5s") Duration negativeTtl,
      @DefaultValue("10000") long negativeMaxEntries) {}

  /**
   * The client's certificate.
   *
   * @param source where it comes from; header needs proxies.trusted
   * @param header how a trusted proxy passes it on
   * @param acceptSelfSigned take a certificate that the proxy did not verify
   */
  record Certificate(
      @DefaultValue("tls") CertificateSettings.Source source,
      @Nullable CertificateHeader header,
      @DefaultValue("false") boolean acceptSelfSigned) {}

  /**
   * A proxy's header with the client's certificate.
   *
   * @param format which product's spelling it is
   * @param name the header's name; default: the format's own
   * @param verifyName the header that says whether the proxy verified it; default: the format's own
   * @param verifyValue what that header says on success; default: the format's own
   * @param hops with envoy: how many trusted proxies append to the header
   */
  record CertificateHeader(
      @Nullable String format,
      @Nullable String name,
      @Nullable String verifyName,
      @Nullable String verifyValue,
      @DefaultValue("1") int hops) {}

  /**
   * Token Binding, RFC 8471.
   *
   * @param source where it comes from; header needs proxies.trusted
   * @param keyParameters what is taken, the preferred first; none: all
   * @param unknownTypes what becomes of bindings of an unknown type
   * @param negotiation how client and server agree on the key parameters
   * @param header what a trusted proxy passes on
   */
  record TokenBinding(
      @DefaultValue("none") TokenBindingSettings.Source source,
      @DefaultValue List<TokenBindingSettings.KeyParameters> keyParameters,
      @DefaultValue("skip") TokenBindingSettings.UnknownTypes unknownTypes,
      @DefaultValue("handshake") TokenBindingSettings.Negotiation negotiation,
      @DefaultValue TokenBindingHeader header) {}

  /**
   * A proxy's headers with Token Binding IDs.
   *
   * @param value what they say: the ID, or its SHA-256
   */
  record TokenBindingHeader(@DefaultValue("id") TokenBindingSettings.HeaderValue value) {}

  /**
   * DPoP, RFC 9449.
   *
   * @param enabled whether DPoP-bound tokens are taken
   * @param algorithms JWS names, in the order in which challenges name them
   * @param proofLifetime how old a proof may be
   * @param clockSkew by how much the caller's clock may differ, either way
   * @param minRsaBits the shortest RSA modulus that is taken
   * @param nonce whether a proof needs a nonce
   * @param nonceLifetime how long a nonce is good at most
   * @param nonceSecret at least 32 bytes, the same on every node; default: random
   * @param nonceClockSkew by how much the time of a proof with a current nonce may differ; default:
   *     that of every proof
   * @param replay where spent proofs are remembered
   */
  record Dpop(
      @DefaultValue("true") boolean enabled,
      @DefaultValue({"ES256", "ES384", "EdDSA", "Ed25519", "PS256", "RS256"})
          List<String> algorithms,
      @DefaultValue("60s") Duration proofLifetime,
      @DefaultValue("10s") Duration clockSkew,
      @DefaultValue("2048") int minRsaBits,
      @DefaultValue("never") DpopSettings.NonceUse nonce,
      @DefaultValue("5m") Duration nonceLifetime,
      @Nullable String nonceSecret,
      @Nullable Duration nonceClockSkew,
      @DefaultValue Replay replay) {

    @Override
    public String toString() {
      return "Dpop[enabled=" + enabled + ", nonce=" + nonce + ", replay=" + replay + "]";
    }
  }

  /**
   * The replay guard.
   *
   * @param store where spent proofs are remembered
   * @param maxEntries how many the local store remembers at a time; 503 beyond
   */
  record Replay(
      @DefaultValue("local") DpopSettings.Store store, @DefaultValue("1000000") long maxEntries) {}

  /**
   * Redis or Valkey.
   *
   * @param uri redis:// or rediss://, with the password if there is one
   */
  record Redis(@Nullable String uri) {

    @Override
    public String toString() {
      return "Redis[]";
    }
  }

  /**
   * Proxies that are believed. A peer must meet every condition that is set.
   *
   * @param trusted the networks or addresses that they connect from, such as 10.0.0.0/8; none:
   *     nobody is trusted
   * @param trustEveryone says that networks which leave nobody out are meant
   * @param certificates SHA-256 thumbprints of the proxies' own client certificates; none: they
   *     need not have any
   * @param secretHeader a secret that they must know
   * @param forwarding where they say which scheme, host and port their client asked for
   * @param externalUri what every target URI begins with, as clients write it, such as
   *     https://api.example; default: it is taken from the request
   * @param originalUriHeader a field in which they forward the target as their client wrote it,
   *     such as X-Original-URI; default: none
   */
  record Proxies(
      @DefaultValue List<String> trusted,
      @DefaultValue("false") boolean trustEveryone,
      @DefaultValue Set<String> certificates,
      @Nullable SecretHeader secretHeader,
      @DefaultValue("none") Forwarding forwarding,
      @Nullable String externalUri,
      @Nullable String originalUriHeader) {}

  /**
   * A header by which a proxy shows that it knows a secret. No application sees it.
   *
   * @param name the header's name
   * @param value the secret, at least 16 characters
   */
  record SecretHeader(@Nullable String name, @Nullable String value) {

    @Override
    public String toString() {
      return "SecretHeader[name=" + name + "]";
    }
  }
}
