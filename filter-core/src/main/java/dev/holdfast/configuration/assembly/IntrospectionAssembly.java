package dev.holdfast.configuration.assembly;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.IssuerClient;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.IssuerTls;
import dev.holdfast.configuration.checks.Audiences;
import dev.holdfast.configuration.issuers.IntrospectionSettings;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.internal.files.UnusableFileException;
import dev.holdfast.introspection.IntrospectingVerifier;
import dev.holdfast.introspection.IntrospectionEndpoint;
import dev.holdfast.introspection.IntrospectionEndpoint.ResponseFormat;
import dev.holdfast.introspection.client.ClientAssertions;
import dev.holdfast.introspection.client.ClientCertificate;
import dev.holdfast.introspection.client.ClientCredential;
import dev.holdfast.introspection.client.ClientKey;
import dev.holdfast.introspection.client.ClientSecret;
import dev.holdfast.introspection.shared.SharedLevel;
import dev.holdfast.introspection.signed.DecryptionKey;
import dev.holdfast.introspection.signed.SignedResponses;
import dev.holdfast.jwt.IssuerSignatures;
import dev.holdfast.jwt.JwtIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes what introspects the tokens of one issuer, from settings that the checks saw. */
final class IntrospectionAssembly {
  private static final String KEY_FILE =
      "Name a file with one private key in PEM (PKCS #8) or as a JWK";

  private final IssuerSettings issuer;
  private final IntrospectionSettings settings;
  private final String name;
  private final Clock clock;
  private final @Nullable IssuerClient client;

  /** The name is that of the issuer in the settings, {@code holdfast.tokens.issuers[0]}. */
  IntrospectionAssembly(
      IssuerSettings issuer,
      IntrospectionSettings settings,
      String name,
      Clock clock,
      @Nullable IssuerClient client) {
    this.issuer = issuer;
    this.settings = settings;
    this.name = name + ".introspection.";
    this.clock = clock;
    this.client = client;
  }

  /** The verifier; what else has to be closed one day goes to the parts. */
  AccessTokenVerifier verifier(
      Duration clockSkew, Executor calls, @Nullable SharedLevel shared, OpenParts parts) {
    return new IntrospectingVerifier(
        new IntrospectionEndpoint(
            issuer.issuer(),
            URI.create(settings.uri()),
            settings.clientId(),
            credential(),
            Audiences.required(issuer),
            settings.timeout(),
            clockSkew,
            issuer.allowPlainHttp()),
        issuer.limits().maxConcurrentCalls(),
        issuer.trustNow(),
        clock,
        calls,
        client,
        settings.response() == ResponseFormat.JWT ? signedResponses(clockSkew, parts) : null,
        shared);
  }

  /** This service is named in a response by its client identifier, or by one of its audiences. */
  private SignedResponses signedResponses(Duration clockSkew, OpenParts parts) {
    String own = String.valueOf(issuer.issuer());
    IssuerSignatures signatures =
        parts.add(
            IssuerSignatures.of(
                new JwtIssuer(
                    own,
                    issuer.jwkSetUri() == null ? null : URI.create(issuer.jwkSetUri()),
                    Set.of(),
                    issuer.algorithms(),
                    Set.of(),
                    clockSkew,
                    issuer.allowPlainHttp()),
                issuer.limits().ofKeys(),
                issuer.trustNow(),
                clock,
                client));
    Set<String> recipients = new HashSet<>(Audiences.required(issuer));
    recipients.add(settings.clientId());
    return new SignedResponses(
        own, recipients, clockSkew, clock, signatures::hold, decryptionKey());
  }

  private @Nullable DecryptionKey decryptionKey() {
    if (settings.decryptionKey() == null) {
      return null;
    }
    String setting = name + "decryption-key";
    Path file = file(setting, settings.decryptionKey());
    try {
      return DecryptionKey.of(setting, file, clock);
    } catch (UnusableFileException broken) {
      throw unusable(setting, file, broken, KEY_FILE);
    }
  }

  private ClientCredential credential() {
    String id = settings.clientId();
    return switch (settings.clientAuthentication()) {
      case BASIC -> ClientSecret.basic(id, String.valueOf(settings.clientSecret()));
      case POST -> ClientSecret.post(id, String.valueOf(settings.clientSecret()));
      case PRIVATE_KEY_JWT -> assertions(id);
      case TLS -> certificate(id);
    };
  }

  /** RFC 7523 section 3 leaves open which name of the issuer {@code aud} has. */
  private ClientCredential assertions(String id) {
    String audience = issuer.issuer() != null ? issuer.issuer() : settings.uri();
    String setting = name + "client-key";
    Path file = file(setting, String.valueOf(settings.clientKey()));
    try {
      return ClientAssertions.of(
          id,
          audience,
          new ClientKey(setting, file, settings.clientKeyId(), settings.clientKeyAlgorithm()),
          clock);
    } catch (UnusableFileException broken) {
      throw unusable(setting, file, broken, KEY_FILE);
    }
  }

  /** By the key in the files, otherwise by that of the bundle or the context. */
  private ClientCredential certificate(String id) {
    IssuerTls trust = issuer.trust();
    if (settings.clientKey() == null) {
      return ClientCertificate.of(id, Objects.requireNonNull(trust)::context);
    }
    String setting = name + "client-key";
    Path key = file(setting, settings.clientKey());
    Path certificate =
        file(name + "client-certificate", String.valueOf(settings.clientCertificate()));
    try {
      return ClientCertificate.of(
          id, setting, key, certificate, trust == null ? null : trust.trustManagers(), clock);
    } catch (UnusableFileException broken) {
      throw unusable(
          setting,
          key,
          broken,
          "Name a PEM file with the private key, and the certificate's in client-certificate");
    }
  }

  private static Path file(String setting, String written) {
    try {
      return written.startsWith("file:/")
          ? Path.of(URI.create(written))
          : Path.of(written.startsWith("file:") ? written.substring("file:".length()) : written);
    } catch (IllegalArgumentException noPath) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              setting, "\"" + written + "\" is no path of a file", "Write the path of a file");
      invalid.initCause(noPath);
      throw invalid;
    }
  }

  private static InvalidSettingException unusable(
      String setting, Path file, UnusableFileException broken, String action) {
    InvalidSettingException invalid =
        new InvalidSettingException(setting, "\"" + file + "\": " + broken.getMessage(), action);
    invalid.initCause(broken);
    return invalid;
  }
}
