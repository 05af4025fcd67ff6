package dev.holdfast.configuration.issuers;

import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
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

  @Override
  public String toString() {
    return "IntrospectionSettings[uri=" + uri + ", clientId=" + clientId + "]";
  }
}
