package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.issuers.IntrospectionSettings;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Warns of rules by issuer beside an introspection endpoint without an issuer: what {@code iss} an
 * answer has (RFC 7662, section 2.2) is then the endpoint's choice, and with it the rule.
 */
public final class UnnamedIssuers {
  private UnnamedIssuers() {}

  /** One line for each such entry. Where it is the only entry, no other issuer's rule is there. */
  public static void warn(HoldfastSettings settings) {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < settings.rules().size(); i++) {
      if (!settings.rules().get(i).issuers().isEmpty()) {
        rules.add(RuleChecks.name(i) + ".issuers");
      }
    }
    List<IssuerSettings> issuers = settings.tokens().issuers();
    for (int i = 0; i < issuers.size() && !rules.isEmpty() && issuers.size() > 1; i++) {
      IntrospectionSettings introspection = issuers.get(i).introspection();
      if (introspection != null && issuers.get(i).issuer() == null) {
        String entry = "holdfast.tokens.issuers[" + i + "]";
        ApplicationLog.named("dev.holdfast")
            .log(
                Level.WARNING,
                entry
                    + " has no issuer, and "
                    + String.join(", ", rules)
                    + " select by it: an answer of "
                    + introspection.uri()
                    + " may say any iss, and so take the rule of another issuer. Write "
                    + entry
                    + ".issuer, and another iss in an answer is refused");
      }
    }
  }
}
