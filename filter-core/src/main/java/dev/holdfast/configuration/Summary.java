package dev.holdfast.configuration;

import dev.holdfast.BindingPolicy;
import dev.holdfast.ConfirmationMethod;
import java.util.stream.Collectors;

/** Says in one line what is enforced. */
final class Summary {
  private final HoldfastSettings settings;
  private final BindingPolicy policy;

  Summary(HoldfastSettings settings, BindingPolicy policy) {
    this.settings = settings;
    this.policy = policy;
  }

  String text() {
    int rules = settings.rules().size();
    return "policy "
        + settings.policy().propertyName()
        + (rules == 0 ? "" : rules == 1 ? " with 1 rule" : " with " + rules + " rules")
        + ", methods "
        + methods()
        + ", issuers "
        + issuers();
  }

  private String methods() {
    return policy.requirements().get(0).methods().stream()
        .sorted()
        .map(ConfirmationMethod::propertyName)
        .collect(Collectors.joining(" "));
  }

  private String issuers() {
    String all =
        settings.tokens().issuers().stream()
            .map(Summary::name)
            .distinct()
            .collect(Collectors.joining(" "));
    return all.isEmpty() ? "none of Holdfast's own" : all;
  }

  private static String name(IssuerSettings issuer) {
    if (issuer.issuer() != null) {
      return issuer.issuer();
    }
    return issuer.introspection() == null ? "unnamed" : issuer.introspection().uri();
  }
}
