package dev.holdfast.configuration.issuers;

import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
import dev.holdfast.introspection.IntrospectionEndpoint.ResponseFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code tokens.issuers[].introspection}: RFC 7662.
 *
 * @param uri the endpoint, {@code https} or loopback
 * @param clientId this service's identifier at the issuer
 * @param clientSecret its secret, for basic and post; never shown
 * @param clientAuthentication how this service authenticates to the issuer
 * @param clientKey file with this service's private key, for private-key-jwt and tls: PKCS #8 in
 *     PEM, or a JWK; read again when it changes
 * @param clientCertificate PEM file with the certificate of that key, for tls, and with those
 *     between it and its authority; read again when it changes
 * @param clientKeyId the kid by which the issuer knows the key; default: that of the JWK
 * @param clientKeyAlgorithm the JWS algorithm; default: that of the JWK, or RS256, ES256, ES384,
 *     ES512 or EdDSA, as fits the key
 * @param response how the endpoint answers; with jwt, an answer that the issuer has not signed is
 *     refused (RFC 9701)
 * @param decryptionKey file with the private key to which the issuer encrypts its answers, for
 *     response=jwt: PKCS #8 in PEM, or a JWK; an answer that is not encrypted is then refused
 * @param timeout the total deadline of one call
 */
public record IntrospectionSettings(
    String uri,
    String clientId,
    @Setting @Nullable String clientSecret,
    @Setting("basic") ClientAuthentication clientAuthentication,
    @Setting @Nullable String clientKey,
    @Setting @Nullable String clientCertificate,
    @Setting @Nullable String clientKeyId,
    @Setting @Nullable String clientKeyAlgorithm,
    @Setting("json") ResponseFormat response,
    @Setting @Nullable String decryptionKey,
    @Setting(value = "5s", least = "1ms", most = "1m") Duration timeout) {
  /** The default deadline. */
  public static final Duration DEFAULT_TIMEOUT =
      RecordReader.defaultDuration(IntrospectionSettings.class, "timeout");

  /** With a secret, by basic or post. */
  public IntrospectionSettings(
      String uri,
      String clientId,
      String clientSecret,
      ClientAuthentication clientAuthentication,
      Duration timeout) {
    this(
        uri,
        clientId,
        clientSecret,
        clientAuthentication,
        null,
        null,
        null,
        null,
        ResponseFormat.JSON,
        null,
        timeout);
  }

  /** The same by {@code private-key-jwt}, with the key in this file. */
  public static IntrospectionSettings ofPrivateKeyJwt(String uri, String clientId, String file) {
    return new IntrospectionSettings(
        uri,
        clientId,
        null,
        ClientAuthentication.PRIVATE_KEY_JWT,
        file,
        null,
        null,
        null,
        ResponseFormat.JSON,
        null,
        DEFAULT_TIMEOUT);
  }

  @Override
  public String toString() {
    return "IntrospectionSettings[uri=" + uri + ", clientId=" + clientId + "]";
  }
}
