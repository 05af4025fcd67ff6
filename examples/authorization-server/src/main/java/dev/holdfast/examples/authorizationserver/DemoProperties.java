package dev.holdfast.examples.authorizationserver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server's own settings.
 *
 * @param issuer the issuer identifier; {@code https://localhost:${server.port}} when not set, and
 *     with port 0 whatever address the client used
 * @param audience the {@code aud} of an access token whose request names no target
 * @param resources the targets that a request may name instead (RFC 8707): the one that it names is
 *     then the {@code aud}
 * @param accessTokenTimeToLive how long an access token is valid
 * @param signingAlgorithm the algorithm that signs self-contained tokens
 * @param paymentsAppSubject the subject of the certificate that {@code payments-app} and {@code
 *     payments-app-opaque} authenticate with
 * @param selfSignedCertificate a PEM file with the certificates that {@code self-signed-app} and
 *     {@code self-signed-app-opaque} authenticate with; they also have to be in the trust store of
 *     {@code server.ssl}, or TLS refuses them first
 * @param legacyAppSecret the secret of {@code legacy-app} and {@code legacy-app-opaque}
 * @param tokenBindingAppSecret the secret of {@code token-binding-app} and {@code
 *     token-binding-app-opaque}
 * @param dpopAppSecret the secret of {@code dpop-app} and {@code dpop-app-opaque}, which get no
 *     token without a DPoP proof
 * @param apiSecret the secret with which the client {@code api} introspects
 * @param apiJwkSetUri where the key set lies by which the client {@code signing-api} authenticates
 *     when it introspects ({@code private_key_jwt} with ES256); without it there is no such client
 * @param demoUserPassword of {@code alice}, who grants the code flow's authorizations
 * @param tokenBinding the key parameters of the Token Bindings that {@code token-binding-app} and
 *     {@code token-binding-app-opaque} use, for example {@code ecdsap256}; it needs a JDK whose TLS
 *     exports keying material (25); when not set, those two get no token
 * @param pkiDirectory where a throw-away PKI is written when {@code server.ssl} has no certificate;
 *     a new temporary directory when not set
 */
@ConfigurationProperties("demo")
record DemoProperties(
    @Nullable String issuer,
    @DefaultValue("https://api.example") String audience,
    @DefaultValue List<String> resources,
    @DefaultValue("5m") Duration accessTokenTimeToLive,
    @DefaultValue("RS256") TokenSigningAlgorithm signingAlgorithm,
    @DefaultValue("CN=payments-app") String paymentsAppSubject,
    @Nullable Path selfSignedCertificate,
    @DefaultValue("legacy-app-secret") String legacyAppSecret,
    @DefaultValue("token-binding-app-secret") String tokenBindingAppSecret,
    @DefaultValue("dpop-app-secret") String dpopAppSecret,
    @DefaultValue("api-secret") String apiSecret,
    @Nullable String apiJwkSetUri,
    @DefaultValue("alice-password") String demoUserPassword,
    @Nullable String tokenBinding,
    @Nullable Path pkiDirectory) {

  /** Names the issuer and the audience; never a secret. */
  @Override
  public String toString() {
    return "DemoProperties[issuer=" + issuer + ", audience=" + audience + "]";
  }
}
