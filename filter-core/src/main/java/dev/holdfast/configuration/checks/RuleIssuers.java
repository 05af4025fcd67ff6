package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the issuers that rules name with those that are configured. Where every issuer has a
 * name, another one stops the start. Where the issuer of some tokens is known only from what is
 * said of each of them, by introspection or by the application, it may be right, and is warned of.
 */
final class RuleIssuers {
  private final Set<String> names;
  private final boolean areAllNamed;
  private final boolean areIntrospected;
  private final List<String> unknown = new ArrayList<>();

  RuleIssuers(List<IssuerSettings> issuers) {
    this.names =
        issuers.stream()
            .map(IssuerSettings::issuer)
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .collect(Collectors.toSet());
    this.areIntrospected = issuers.stream().anyMatch(issuer -> issuer.issuer() == null);
    this.areAllNamed = !issuers.isEmpty() && !areIntrospected;
  }

  /** The issuers of all tokens; empty where the issuer of some is known from their answers only. */
  Set<String> all() {
    return areAllNamed ? names : Set.of();
  }

  /** Remembers what cannot be known to be right. */
  void check(String setting, Set<String> named) {
    named.stream()
        .filter(issuer -> !names.contains(issuer))
        .sorted()
        .forEach(issuer -> add(setting, issuer));
  }

  private void add(String setting, String issuer) {
    if (areAllNamed) {
      throw new InvalidSettingException(
          setting,
          "\"" + issuer + "\" is no configured issuer, so that the rule would never match",
          "Write the issuer exactly as in holdfast.tokens.issuers");
    }
    unknown.add(setting + " \"" + issuer + '"');
  }

  /** In one line for all rules. */
  void warnOfUnknown() {
    if (!unknown.isEmpty()) {
      ApplicationLog.named("dev.holdfast")
          .log(
              Level.WARNING,
              String.join(", ", unknown)
                  + ": no configured issuer has that name, and only "
                  + (areIntrospected
                      ? "the introspection response of a token"
                      : "the application's own verification of a token")
                  + " tells its issuer. A rule with an issuer never applies to a token whose iss is"
                  + " missing or another one. Compare the rule with the iss of such a token");
    }
  }
}
