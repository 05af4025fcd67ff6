package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.IssuerTls;
import dev.holdfast.configuration.issuers.IntrospectionSettings;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
import dev.holdfast.introspection.IntrospectionEndpoint.ResponseFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Refuses settings of an introspection that contradict each other or lack something. */
final class IntrospectionChecks {
  private IntrospectionChecks() {}

  /**
   * Looks at all of them.
   *
   * @param name the setting's, such as {@code holdfast.tokens.issuers[0].introspection.}
   * @param issuer whose settings these are a part of
   */
  static void check(String name, IntrospectionSettings settings, IssuerSettings issuer) {
    checkResponse(name, settings, issuer.issuer());
    ClientAuthentication authentication = settings.clientAuthentication();
    boolean bySecret =
        authentication == ClientAuthentication.BASIC || authentication == ClientAuthentication.POST;
    boolean signs = authentication == ClientAuthentication.PRIVATE_KEY_JWT;
    String word = authentication.name().toLowerCase(Locale.ROOT).replace('_', '-');
    if (bySecret) {
      require(
          name + "client-secret",
          settings.clientSecret(),
          "Set it to the secret that the issuer gave this service, or authenticate with a key:"
              + " client-authentication=private-key-jwt and client-key");
      requireNone(name + "client-key", settings.clientKey(), word);
    } else {
      requireNone(name + "client-secret", settings.clientSecret(), word);
      if (signs) {
        require(
            name + "client-key",
            settings.clientKey(),
            "Name the file with this service's private key, in PEM (PKCS #8) or as a JWK");
      } else {
        checkTls(name, settings, issuer.trust());
      }
    }
    if (authentication != ClientAuthentication.TLS) {
      requireNone(name + "client-certificate", settings.clientCertificate(), word);
    }
    if (!signs) {
      requireNone(name + "client-key-id", settings.clientKeyId(), word);
      requireNone(name + "client-key-algorithm", settings.clientKeyAlgorithm(), word);
    } else if (settings.clientKeyAlgorithm() != null) {
      AlgorithmChecks.check(name + "client-key-algorithm", List.of(settings.clientKeyAlgorithm()));
    }
  }

  /** The key is in files, or in what says whom to trust; never in both. */
  private static void checkTls(
      String name, IntrospectionSettings settings, @Nullable IssuerTls trust) {
    if (!settings.uri().regionMatches(true, 0, "https:", 0, "https:".length())) {
      throw new InvalidSettingException(
          name + "client-authentication",
          "tls needs an introspection.uri that begins with https://",
          "Write such an address, or choose another client-authentication");
    }
    boolean withKey = trust != null && trust.mayHaveKey();
    if (settings.clientKey() == null && settings.clientCertificate() == null && withKey) {
      return;
    }
    require(
        name + "client-key",
        settings.clientKey(),
        "Name the PEM file with this service's private key, and client-certificate; in Spring, an"
            + " ssl-bundle with a key does as well");
    require(
        name + "client-certificate",
        settings.clientCertificate(),
        "Name the PEM file with the certificate of client-key");
    if (trust != null && trust.trustManagers() == null) {
      throw new InvalidSettingException(
          name + "client-key",
          "a key in files cannot be joined with the ssl-bundle of this issuer, nor with the"
              + " SSLContext of withTrust",
          "Put key and certificate there and remove these two, or say whom to trust by"
              + " trusted-certificates");
    }
  }

  private static void checkResponse(
      String name, IntrospectionSettings settings, @Nullable String issuer) {
    if (settings.response() == ResponseFormat.JWT) {
      require(
          name.substring(0, name.length() - "introspection.".length()) + "issuer",
          issuer,
          "Set it to the issuer's identifier, which its signed answers have as iss");
    } else if (settings.decryptionKey() != null) {
      throw new InvalidSettingException(
          name + "decryption-key",
          "it has no use beside response=json, which is never encrypted",
          "Remove it, or set response=jwt");
    }
  }

  private static void require(String setting, @Nullable String value, String action) {
    if (value == null) {
      throw new InvalidSettingException(setting, "it is missing", action);
    }
  }

  private static void requireNone(String setting, @Nullable String value, String word) {
    if (value != null) {
      throw new InvalidSettingException(
          setting,
          "it has no use beside client-authentication=" + word,
          "Remove it, or choose the client-authentication that it is for");
    }
  }
}
