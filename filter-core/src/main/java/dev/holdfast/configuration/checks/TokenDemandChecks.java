package dev.holdfast.configuration.checks;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.TokenRequirement;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.RuleSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what a rule demands of tokens beside their binding, and refuses what nobody could meet. */
public final class TokenDemandChecks {
  private TokenDemandChecks() {}

  /**
   * What the rule demands.
   *
   * @param name the rule's, with a dot at its end
   * @param mode the rule's policy, or the default where it names none
   */
  public static TokenRequirement demand(String name, RuleSettings rule, Mode mode) {
    requireLookedAt(name, rule, mode);
    requireWords(
        name + "scopes",
        "is no scope (RFC 6749 section 3.3)",
        "Write scopes with commas between them, such as payments:read,payments:write",
        rule.scopes());
    requireWords(
        name + "acr-values",
        "is no acr value that a challenge can name (RFC 9470)",
        "Write values without spaces and quotes, with commas between them, such as"
            + " phr,urn:example:silver",
        rule.acrValues());
    return new TokenRequirement(
        rule.scopes(),
        rule.maxAuthenticationAge(),
        rule.acrValues().isEmpty() ? null : rule.acrValues());
  }

  /** Where the policy is off, nobody would look at the token. */
  private static void requireLookedAt(String name, RuleSettings rule, Mode mode) {
    String unused =
        !rule.scopes().isEmpty()
            ? "scopes"
            : rule.maxAuthenticationAge() != null
                ? "max-authentication-age"
                : !rule.acrValues().isEmpty() ? "acr-values" : null;
    if (mode == Mode.OFF && unused != null) {
      throw new InvalidSettingException(
          name + unused,
          "the policy "
              + (rule.policy() == null ? "(holdfast.policy) " : "")
              + "is off for this rule, so that it would not be enforced",
          "Set " + name + "policy to when-bound, or to required, or remove this setting");
    }
  }

  private static void requireWords(
      String setting, String problem, String action, List<String> words) {
    Set<String> seen = new HashSet<>();
    for (String word : words) {
      if (!TokenRequirement.isWord(word)) {
        throw new InvalidSettingException(setting, "\"" + word + "\" " + problem, action);
      }
      if (!seen.add(word)) {
        throw new InvalidSettingException(
            setting, "\"" + word + "\" stands there twice", "Write it once");
      }
    }
  }
}
