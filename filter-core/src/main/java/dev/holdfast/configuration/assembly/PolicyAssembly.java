package dev.holdfast.configuration.assembly;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.checks.RuleChecks;
import dev.holdfast.configuration.checks.TokenDemandChecks;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.policy.BindingPolicy;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes the policy, and refuses one that asks for what no mechanism here can prove. */
final class PolicyAssembly {
  private final HoldfastSettings settings;
  private final Set<ConfirmationMethod> available;
  private final List<MethodSwitch> switches;

  PolicyAssembly(
      HoldfastSettings settings, Set<ConfirmationMethod> available, List<MethodSwitch> switches) {
    this.settings = settings;
    this.available = available;
    this.switches = switches;
  }

  BindingPolicy policy() {
    requireAvailable("holdfast.methods", settings.methods());
    Set<ConfirmationMethod> methods = settings.methods().isEmpty() ? available : settings.methods();
    requireMeans("holdfast.policy", settings.policy(), methods);
    RuleChecks checks = new RuleChecks(settings.rules(), settings.tokens().issuers());
    List<BindingPolicy.Rule> rules = new ArrayList<>();
    for (RuleSettings rule : settings.rules()) {
      String name = RuleChecks.name(rules.size()) + '.';
      check(name, rule, methods);
      rules.add(
          new BindingPolicy.Rule(
              rule.paths(),
              rule.httpMethods(),
              rule.issuers(),
              rule.policy(),
              rule.methods(),
              TokenDemandChecks.demand(name, rule, modeOf(rule))));
    }
    checks.check();
    BindingPolicy policy =
        new BindingPolicy(
            new Requirement(
                settings.policy(),
                methods.isEmpty() // only where nothing looks at them
                    ? Set.copyOf(ConfirmationMethod.all())
                    : methods),
            rules);
    warnOfOpen();
    checks.warnOfOpen(settings.policy());
    return policy;
  }

  private void check(String name, RuleSettings rule, Set<ConfirmationMethod> defaults) {
    requireAvailable(name + "methods", rule.methods());
    requireMeans(
        name + "policy", modeOf(rule), rule.methods().isEmpty() ? defaults : rule.methods());
  }

  private Mode modeOf(RuleSettings rule) {
    return rule.policy() == null ? settings.policy() : rule.policy();
  }

  private void requireAvailable(String setting, Set<ConfirmationMethod> methods) {
    for (ConfirmationMethod method : methods) {
      if (available.contains(method)) {
        continue;
      }
      for (MethodSwitch known : switches) {
        if (known.method() == method) {
          throw known.turnedOff(setting);
        }
      }
      throw new InvalidSettingException(
          setting,
          method.propertyName() + " is named, but no setting makes a mechanism that proves it",
          "Give the enforcer its mechanism in code, or do not name the method");
    }
  }

  private void requireMeans(String setting, Mode mode, Set<ConfirmationMethod> methods) {
    if (mode != Mode.OFF && methods.isEmpty()) {
      throw new InvalidSettingException(
          setting,
          mode.propertyName() + " looks at bindings, but no method has a source to prove one with",
          "Set " + anySwitch() + ", or the policy to off");
    }
  }

  private String anySwitch() {
    List<String> names = switches.stream().map(MethodSwitch::setting).toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  private void warnOfOpen() {
    if (settings.policy() == Mode.REPORT_ONLY) {
      ApplicationLog.named("dev.holdfast")
          .log(
              Level.WARNING,
              "policy report-only: bindings are compared and reported but NOT enforced"
                  + exceptByRules()
                  + "; it is for roll-out only");
    } else if (settings.policy() == Mode.OFF) {
      ApplicationLog.named("dev.holdfast")
          .log(
              Level.WARNING,
              "policy off: bindings are NOT looked at"
                  + exceptByRules()
                  + "; a stolen token works");
    }
  }

  private String exceptByRules() {
    return settings.rules().stream()
            .map(RuleSettings::policy)
            .anyMatch(mode -> mode != null && mode != settings.policy())
        ? ", except where a rule says otherwise"
        : "";
  }
}
