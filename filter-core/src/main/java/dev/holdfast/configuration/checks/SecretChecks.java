package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.issuers.IntrospectionSettings;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.http.SecretHeader;
import dev.holdfast.internal.SecretText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses secrets that anybody can guess, whichever edge read them. */
public final class SecretChecks {
  private SecretChecks() {}

  public static void check(HoldfastSettings settings) {
    List<IssuerSettings> issuers = settings.tokens().issuers();
    for (int i = 0; i < issuers.size(); i++) {
      IntrospectionSettings introspection = issuers.get(i).introspection();
      if (introspection != null) {
        require(
            "holdfast.tokens.issuers[" + i + "].introspection.client-secret",
            introspection.clientSecret(),
            "Write the secret that the issuer gave this service");
      }
    }
    SecretHeader header = settings.proxies().secretHeader();
    if (header != null) {
      require(
          "holdfast.proxies.secret-header.value",
          header.value(),
          "Write a random value, such as 32 hexadecimal digits");
    }
  }

  static void require(String setting, @Nullable String secret, String action) {
    String problem = secret == null ? null : SecretText.problem(secret);
    if (problem != null) {
      throw new InvalidSettingException(setting, problem, action);
    }
  }
}
