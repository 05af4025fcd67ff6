package dev.holdfast.introspection;

import dev.holdfast.internal.net.IssuerUri;
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
 * @param clientSecret its secret; never shown
 * @param clientAuthentication how identifier and secret are sent
 * @param audiences one of these must be in {@code aud}; empty accepts every audience
 * @param timeout the total deadline of one call, at most one minute
 * @param clockSkew how far the issuer's clock may be ahead of ours
 * @param allowPlainHttp whether {@code http} is taken for every host
 */
public record IntrospectionEndpoint(
    @Nullable String issuer,
    URI uri,
    String clientId,
    String clientSecret,
    ClientAuthentication clientAuthentication,
    Set<String> audiences,
    Duration timeout,
    Duration clockSkew,
    boolean allowPlainHttp) {
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

  /** How the client authenticates (RFC 6749 section 2.3.1). */
  public enum ClientAuthentication {
    /** {@code client_secret_basic}: both form-encoded, then HTTP Basic. */
    BASIC,
    /** {@code client_secret_post}: both in the form. */
    POST
  }

  /** Copies the audiences; refuses an unsafe address, no credentials, and a senseless time. */
  public IntrospectionEndpoint {
    audiences = Set.copyOf(audiences);
    IssuerUri.require("introspection.uri", uri.toString(), allowPlainHttp);
    if (clientId.isEmpty() || clientSecret.isEmpty()) {
      throw new IllegalArgumentException("introspection needs a client-id and a client-secret");
    }
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "introspection.timeout lies between a millisecond and a minute");
    }
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("a clock skew is not negative");
    }
  }

  /** One whose address is {@code https}, or {@code http} on a loopback address. */
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
        clientSecret,
        clientAuthentication,
        audiences,
        timeout,
        clockSkew,
        false);
  }

  @Override
  public String toString() {
    return "IntrospectionEndpoint[uri=" + uri + ", clientId=" + clientId + "]";
  }
}
