package dev.holdfast.spring.look;

import dev.holdfast.Requirement;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.spring.verification.FrameworkRefusals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** The one line at the start that says what is enforced, and what is not. */
final class StartLine {
  private static final Log LOG = LogFactory.getLog("dev.holdfast");
  private final Assembly assembly;
  private final List<LookedAtChain> chains;
  private final Predicate<IssuerSettings> asked;

  StartLine(Assembly assembly, List<LookedAtChain> chains, Predicate<IssuerSettings> asked) {
    this.assembly = assembly;
    this.chains = chains;
    this.asked = asked;
  }

  void log() {
    LOG.info(text());
  }

  /** One more where the policy is {@code off} somewhere on an enforced chain. */
  void logWhereOff() {
    boolean isOff = assembly.settings().policy() == Requirement.Mode.OFF;
    boolean isOffSomewhere =
        assembly.policy().requirements().stream()
            .anyMatch(requirement -> requirement.mode() == Requirement.Mode.OFF);
    if (isOffSomewhere && chains.stream().anyMatch(LookedAtChain::isEnforced)) {
      LOG.info(
          (isOff ? "Holdfast is off" : "Holdfast is off where a rule says so")
              + ": it compares no keys there. What is still refused there, such as an invalid token,"
              + " a token that is bound to another certificate, or "
              + FrameworkRefusals.REFUSED_ANYWAY
              + ", is refused by Spring Security's own checks");
    }
  }

  String text() {
    String enforced = names(chains, LookedAtChain.Finding.ENFORCED);
    String others = names(chains, LookedAtChain.Finding.OF_OTHERS);
    String leftAlone =
        others.isEmpty() ? "" : ". Chains of others, which Holdfast leaves alone: " + others;
    return enforced.isEmpty()
        ? "Holdfast has no access tokens to look at here: no chain takes any for it" + leftAlone
        : assembly.startSentence(asked)
            + ". "
            + (isEnforcement(assembly.settings().policy()) ? "Enforced chains: " : "Chains: ")
            + enforced
            + leftAlone
            + ". Not covered: "
            + notCovered(chains);
  }

  private static boolean isEnforcement(Requirement.Mode policy) {
    return policy != Requirement.Mode.REPORT_ONLY && policy != Requirement.Mode.OFF;
  }

  /** Where Holdfast looks at no token: a chain's other rules may still guard it. */
  static String notCovered(List<LookedAtChain> chains) {
    List<String> open = new ArrayList<>();
    String names = names(chains, LookedAtChain.Finding.WITHOUT_TOKENS);
    if (!names.isEmpty()) {
      open.add(names);
    }
    for (LookedAtChain chain : chains) {
      if (chain.isEnforced()) {
        chain.beside().forEach(filter -> open.add("what " + chain + " takes by " + filter));
      }
    }
    if (chains.isEmpty()) {
      open.add("every path, for there is no SecurityFilterChain");
    } else if (chains.stream().noneMatch(LookedAtChain::servesEveryPath)) {
      open.add("every path that no chain matches");
    }
    return open.isEmpty() ? "nothing" : String.join(", ", open);
  }

  private static String names(List<LookedAtChain> chains, LookedAtChain.Finding finding) {
    return chains.stream()
        .filter(chain -> chain.finding() == finding)
        .map(LookedAtChain::toString)
        .collect(Collectors.joining(", "));
  }

  static InvalidSettingException unknownChain(String name, List<LookedAtChain> chains) {
    return new InvalidSettingException(
        "holdfast.tokens.chains-of-others",
        "no SecurityFilterChain bean has the name \"" + name + "\"",
        "Write the name of one of these: "
            + chains.stream().map(LookedAtChain::toString).collect(Collectors.joining(", ")));
  }
}
