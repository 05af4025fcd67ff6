package dev.holdfast.introspection;

import dev.holdfast.internal.net.IssuerUri;
import dev.holdfast.introspection.client.ClientCredential;
import dev.holdfast.introspection.client.ClientSecret;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An introspection endpoint (RFC 7662 section 2) and what is expected of its answers.
 *
 * @param issuer the issuer it speaks for, or null when that is not known: then a token's issuer is
 *     the response's {@code iss}, or the endpoint's address where the response has none
 * @param uri its address, {@code https} or loopback
 * @param clientId this service's identifier at the issuer
 * @param credential how this service authenticates there; never shown
 * @param audiences one of these must be in {@code aud}; empty accepts every audience
 * @param timeout the total deadline of one call, at most one minute
 * @param clockSkew how far the issuer's clock may be ahead of ours
 * @param allowPlainHttp whether {@code http} is taken for every host
 */
public record IntrospectionEndpoint(
    @Nullable String issuer,
    URI uri,
    String clientId,
    ClientCredential credential,
    Set<String> audiences,
    Duration timeout,
    Duration clockSkew,
    boolean allowPlainHttp) {
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

  /** How the client authenticates. */
  public enum ClientAuthentication {
    /** {@code client_secret_basic}: both form-encoded, then HTTP Basic (RFC 6749 section 2.3.1). */
    BASIC,
    /** {@code client_secret_post}: both in the form (RFC 6749 section 2.3.1). */
    POST,
    /** {@code private_key_jwt}: a JWT that the client's key signs (RFC 7523 section 2.2). */
    PRIVATE_KEY_JWT,
    /**
     * {@code tls_client_auth} and {@code self_signed_tls_client_auth}: the client's certificate
     * (RFC 8705 section 2).
     */
    TLS
  }

  /** How the endpoint answers. */
  public enum ResponseFormat {
    /** With a JSON object (RFC 7662 section 2.2). */
    JSON,
    /** With a JWT that the issuer has signed (RFC 9701). */
    JWT
  }

  /** Copies the audiences; refuses an unsafe address, no client, and a senseless time. */
  public IntrospectionEndpoint {
    audiences = Set.copyOf(audiences);
    IssuerUri.require("introspection.uri", uri.toString(), allowPlainHttp);
    if (clientId.isEmpty()) {
      throw new IllegalArgumentException("introspection needs a client-id");
    }
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "introspection.timeout lies between a millisecond and a minute");
    }
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("a clock skew is not negative");
    }
  }

  /** One that is asked by a secret, and whose address is {@code https} or a loopback address. */
  public IntrospectionEndpoint(
      @Nullable String issuer,
      URI uri,
      String clientId,
      String clientSecret,
      ClientAuthentication clientAuthentication,
      Set<String> audiences,
      Duration timeout,
      Duration clockSkew) {
    this(
        issuer,
        uri,
        clientId,
        bySecret(clientId, clientSecret, clientAuthentication),
        audiences,
        timeout,
        clockSkew,
        false);
  }

  private static ClientCredential bySecret(
      String id, String secret, ClientAuthentication authentication) {
    return switch (authentication) {
      case BASIC -> ClientSecret.basic(id, secret);
      case POST -> ClientSecret.post(id, secret);
      default -> throw new IllegalArgumentException("a secret is sent by basic or post");
    };
  }

  @Override
  public String toString() {
    return "IntrospectionEndpoint[uri=" + uri + ", clientId=" + clientId + "]";
  }
}
