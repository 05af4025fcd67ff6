package dev.holdfast.configuration;

import java.time.Duration;

/**
 * {@code tokens.issuers[].introspection}: RFC 7662.
 *
 * @param uri the endpoint, {@code https} or loopback
 * @param clientId this service's identifier at the issuer
 * @param clientSecret its secret; never shown
 * @param clientAuthentication how the secret is sent
 * @param timeout the total deadline of one call
 */
public record IntrospectionSettings(
    String uri,
    String clientId,
    String clientSecret,
    @Setting(
            value = "basic",
            later = {"private-key-jwt", "tls"})
        ClientAuthentication clientAuthentication,
    @Setting(value = "5s", least = "1ms", most = "1m") Duration timeout) {
  /** The default deadline. */
  public static final Duration DEFAULT_TIMEOUT =
      RecordReader.defaultDuration(IntrospectionSettings.class, "timeout");

  /** {@code .client-authentication} (RFC 6749 section 2.3.1). */
  public enum ClientAuthentication {
    /** {@code client_secret_basic}: form-encoded, then HTTP Basic. */
    BASIC,
    /** {@code client_secret_post}: in the form. */
    POST
  }

  @Override
  public String toString() {
    return "IntrospectionSettings[uri=" + uri + ", clientId=" + clientId + "]";
  }
}
