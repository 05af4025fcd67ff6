package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.issuers.IntrospectionSettings;
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
   * @param issuer the issuer's identifier, or null where it is not written
   */
  static void check(String name, IntrospectionSettings settings, @Nullable String issuer) {
    checkResponse(name, settings, issuer);
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
      require(
          name + "client-key",
          settings.clientKey(),
          "Name the file with this service's private key, in PEM (PKCS #8) or as a JWK");
    }
    if (!signs) {
      requireNone(name + "client-key-id", settings.clientKeyId(), word);
      requireNone(name + "client-key-algorithm", settings.clientKeyAlgorithm(), word);
    } else if (settings.clientKeyAlgorithm() != null) {
      AlgorithmChecks.check(
          name + "client-key-algorithm", List.of(settings.clientKeyAlgorithm()));
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
