package dev.holdfast.configuration.assembly;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement;
import dev.holdfast.configuration.checks.RuleChecks;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.policy.BindingPolicy;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in one line what is enforced, or only reported. */
final class Summary {
  private final HoldfastSettings settings;
  private final BindingPolicy policy;
  private final Predicate<IssuerSettings> asked;

  /**
   * What these say.
   *
   * @param asked which of the issuers verify tokens here
   */
  Summary(HoldfastSettings settings, BindingPolicy policy, Predicate<IssuerSettings> asked) {
    this.settings = settings;
    this.policy = policy;
    this.asked = asked;
  }

  String text() {
    return policyAndRules() + rest();
  }

  /** What a start says; neither {@code report-only} nor {@code off} is called enforcement. */
  String sentence() {
    return switch (settings.policy()) {
      case REQUIRED, WHEN_BOUND -> "Holdfast enforces " + text();
      case REPORT_ONLY ->
          "Holdfast only reports"
              + (hasRule(Summary::enforces) ? ", except where a rule enforces" : "")
              + " ("
              + policyAndRules()
              + ")"
              + rest();
      case OFF ->
          "Holdfast compares no keys"
              + (hasRule(Summary::looks) ? ", except where a rule says otherwise" : "")
              + " ("
              + policyAndRules()
              + ")"
              + rest();
    };
  }

  private boolean hasRule(Predicate<Requirement.@Nullable Mode> kind) {
    return settings.rules().stream().map(RuleSettings::policy).anyMatch(kind);
  }

  private static boolean looks(Requirement.@Nullable Mode mode) {
    return mode != null && mode != Requirement.Mode.OFF;
  }

  private static boolean enforces(Requirement.@Nullable Mode mode) {
    return mode == Requirement.Mode.REQUIRED || mode == Requirement.Mode.WHEN_BOUND;
  }

  private String policyAndRules() {
    return "policy " + settings.policy().propertyName() + rules();
  }

  private String rest() {
    return ", methods " + methods() + ", issuers " + issuers();
  }

  /** How many there are, and what those open that look at no binding. */
  private String rules() {
    int count = settings.rules().size();
    if (count == 0) {
      return "";
    }
    String open =
        Stream.of(
                open(Requirement.Mode.OFF),
                settings.policy().refuses() ? open(Requirement.Mode.REPORT_ONLY) : "")
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return (count == 1 ? " with 1 rule" : " with " + count + " rules")
        + (open.isEmpty() ? "" : " (" + open + ")");
  }

  private String open(Requirement.Mode mode) {
    String where =
        settings.rules().stream()
            .filter(rule -> rule.policy() == mode)
            .map(RuleChecks::selection)
            .collect(Collectors.joining("; "));
    return where.isEmpty() ? "" : mode.propertyName() + " for " + where;
  }

  /** Those that hold where no rule names others, and what rules take beside them. */
  private String methods() {
    Set<ConfirmationMethod> own = policy.requirements().get(0).methods();
    Set<ConfirmationMethod> more = new TreeSet<>();
    policy.requirements().forEach(requirement -> more.addAll(requirement.methods()));
    more.removeAll(own);
    return names(own) + (more.isEmpty() ? "" : " (by a rule also " + names(more) + ")");
  }

  private static String names(Set<ConfirmationMethod> methods) {
    return methods.stream()
        .sorted()
        .map(ConfirmationMethod::propertyName)
        .collect(Collectors.joining(" "));
  }

  private String issuers() {
    String all =
        settings.tokens().issuers().stream()
            .filter(asked)
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
