package dev.holdfast.jwt;

import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.net.IssuerUri;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of access-token JWTs and what its tokens must look like.
 *
 * @param issuer the issuer identifier, equal to the tokens' {@code iss}
 * @param jwkSetUri where its keys are; null: found by discovery (RFC 8414, OpenID Connect
 *     Discovery), for which {@code issuer} must be an address without a query
 * @param audiences one of these must be in {@code aud}; empty takes every audience
 * @param algorithms the JWS algorithms taken, asymmetric ones only; empty: ES256, ES384, EdDSA,
 *     Ed25519, PS256 and RS256; {@code EdDSA} takes {@code Ed25519} as well
 * @param types the {@code typ} values taken, in any case, with or without {@code application/}; the
 *     empty text stands for a token without {@code typ}; empty: {@code at+jwt}, {@code JWT} and a
 *     missing {@code typ}. An issuer that follows RFC 9068 deserves {@code at+jwt} alone.
 * @param clockSkew how far the issuer's clock may be ahead of ours
 * @param allowPlainHttp whether {@code http} is taken for every host
 */
public record JwtIssuer(
    String issuer,
    @Nullable URI jwkSetUri,
    Set<String> audiences,
    Set<String> algorithms,
    Set<String> types,
    Duration clockSkew,
    boolean allowPlainHttp) {

  /**
   * Copies the collections and fills in what is taken where they are empty.
   *
   * @throws IllegalArgumentException for an address that is not {@code https} (or {@code http} on a
   *     loopback address), an algorithm that is unknown, symmetric or {@code none}, a type that is
   *     never an access token's, or a negative skew
   */
  public JwtIssuer {
    if (issuer.isBlank()) {
      throw new IllegalArgumentException("issuer is missing");
    }
    if (jwkSetUri != null) {
      IssuerUri.require("jwk-set-uri", jwkSetUri.toString(), allowPlainHttp);
    } else if (IssuerUri.require("issuer", issuer, allowPlainHttp).getRawQuery() != null) {
      throw new IllegalArgumentException("issuer has a query: set jwk-set-uri");
    }
    audiences = Set.copyOf(audiences);
    algorithms = Set.copyOf(algorithms.isEmpty() ? SigningAlgorithm.DEFAULTS : algorithms);
    for (String name : algorithms) {
      if (SigningAlgorithm.named(name) == null) {
        throw new IllegalArgumentException(
            "algorithms: \"" + name + "\" is not an asymmetric JWS algorithm known here");
      }
    }
    types = types.isEmpty() ? AcceptedTypes.DEFAULTS : Set.copyOf(types);
    AcceptedTypes.of(types);
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("clock-skew is negative");
    }
  }

  /** One whose addresses are {@code https}, or {@code http} on a loopback address. */
  public JwtIssuer(
      String issuer,
      @Nullable URI jwkSetUri,
      Set<String> audiences,
      Set<String> algorithms,
      Set<String> types,
      Duration clockSkew) {
    this(issuer, jwkSetUri, audiences, algorithms, types, clockSkew, false);
  }
}
