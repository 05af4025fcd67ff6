package dev.holdfast.configuration;

import dev.holdfast.BindingPolicy;
import dev.holdfast.BindingPolicy.Mode;
import dev.holdfast.ConfirmationMethod;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes the policy, and refuses one that asks for what no mechanism here can prove. */
final class PolicyAssembly {
  private final HoldfastSettings settings;
  private final Set<ConfirmationMethod> available;

  PolicyAssembly(HoldfastSettings settings, Set<ConfirmationMethod> available) {
    this.settings = settings;
    this.available = available;
  }

  BindingPolicy policy() {
    requireAvailable("holdfast.methods", settings.methods());
    Set<ConfirmationMethod> methods = settings.methods().isEmpty() ? available : settings.methods();
    requireMeans("holdfast.policy", settings.policy(), methods);
    RuleChecks checks = new RuleChecks(settings.rules(), settings.tokens().issuers());
    List<BindingPolicy.Rule> rules = new ArrayList<>();
    for (RuleSettings rule : settings.rules()) {
      check(RuleChecks.name(rules.size()) + '.', rule, methods);
      rules.add(
          new BindingPolicy.Rule(
              rule.paths(), rule.httpMethods(), rule.issuers(), rule.policy(), rule.methods()));
    }
    checks.check();
    BindingPolicy policy =
        new BindingPolicy(
            new BindingPolicy.Requirement(
                settings.policy(),
                methods.isEmpty() // only where nothing looks at them
                    ? EnumSet.allOf(ConfirmationMethod.class)
                    : methods),
            rules);
    warnOfOpen();
    checks.warnOfOpen(settings.policy());
    return policy;
  }

  private void check(String name, RuleSettings rule, Set<ConfirmationMethod> defaults) {
    requireAvailable(name + "methods", rule.methods());
    requireMeans(
        name + "policy",
        rule.policy() == null ? settings.policy() : rule.policy(),
        rule.methods().isEmpty() ? defaults : rule.methods());
  }

  private void requireAvailable(String setting, Set<ConfirmationMethod> methods) {
    for (ConfirmationMethod method : methods) {
      if (available.contains(method)) {
        continue;
      }
      String name = method.propertyName();
      throw method == ConfirmationMethod.DPOP
          ? new InvalidSettingException(
              setting,
              "dpop is named, but holdfast.dpop.enabled is false",
              "Remove that setting, or do not name the method")
          : new InvalidSettingException(
              setting,
              name + " is named, but holdfast." + name + ".source is none",
              "Set the source, or do not name the method");
    }
  }

  private static void requireMeans(String setting, Mode mode, Set<ConfirmationMethod> methods) {
    if (mode != Mode.OFF && methods.isEmpty()) {
      throw new InvalidSettingException(
          setting,
          mode.propertyName() + " looks at bindings, but no method has a source to prove one with",
          "Set holdfast.certificate.source, holdfast.token-binding.source or holdfast.dpop.enabled,"
              + " or the policy to off");
    }
  }

  private void warnOfOpen() {
    if (settings.policy() == Mode.REPORT_ONLY) {
      System.getLogger("dev.holdfast")
          .log(
              Level.WARNING,
              "policy report-only: bindings are compared and reported but NOT enforced, except where"
                  + " a rule says otherwise; it is for roll-out only");
    } else if (settings.policy() == Mode.OFF) {
      System.getLogger("dev.holdfast")
          .log(
              Level.WARNING,
              "policy off: bindings are NOT looked at, except where a rule says otherwise; a stolen"
                  + " token works");
    }
  }
}
