package dev.holdfast.configuration.checks;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.NearNames;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.policy.PathPattern;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Looks at what the rules select. A rule that selects everything by a slip, or nothing, stops the
 * start; what may be meant and opens something is warned of.
 */
public final class RuleChecks {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast");

  /**
   * The IANA registry of HTTP methods (RFC 9110 section 16.1), without its two entries that no
   * request has.
   */
  private static final Set<String> REGISTERED =
      Set.of(
          ("ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT CONNECT COPY DELETE GET HEAD LABEL LINK LOCK"
                  + " MERGE MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE OPTIONS"
                  + " ORDERPATCH PATCH POST PROPFIND PROPPATCH PUT QUERY REBIND REPORT SEARCH TRACE"
                  + " UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL")
              .split(" ", -1));

  private final List<RuleSettings> rules;
  private final RuleIssuers issuers;
  private final RuleCoverage coverage;

  public RuleChecks(List<RuleSettings> rules, List<IssuerSettings> issuers) {
    this.rules = rules;
    this.issuers = new RuleIssuers(issuers);
    this.coverage = new RuleCoverage(rules, this.issuers.all());
  }

  public static String name(int index) {
    return "holdfast.rules[" + index + "]";
  }

  /** What a rule selects, in one line. */
  public static String selection(RuleSettings rule) {
    List<String> parts = new ArrayList<>();
    if (!rule.paths().isEmpty()) {
      parts.add(rule.paths().stream().map(PathPattern::toString).collect(Collectors.joining(" ")));
    }
    if (!rule.httpMethods().isEmpty()) {
      parts.add("method " + sorted(rule.httpMethods()));
    }
    if (!rule.issuers().isEmpty()) {
      parts.add("issuer " + sorted(rule.issuers()));
    }
    return String.join(", ", parts);
  }

  private static String sorted(Collection<String> words) {
    return words.stream().sorted().collect(Collectors.joining(" "));
  }

  public void check() {
    for (int i = 0; i < rules.size(); i++) {
      RuleSettings rule = rules.get(i);
      requireSelection(name(i), rule);
      rule.httpMethods().stream().sorted().forEach(new HttpMethodCheck(name(i))::check);
      issuers.check(name(i) + ".issuers", rule.issuers());
      requireReachable(i);
    }
    issuers.warnOfUnknown();
  }

  /** Otherwise it would hold for everything, because of a selector that got lost on its way. */
  private static void requireSelection(String name, RuleSettings rule) {
    if (rule.paths().isEmpty() && rule.httpMethods().isEmpty() && rule.issuers().isEmpty()) {
      throw new InvalidSettingException(
          name,
          "it names no path, no HTTP method and no issuer, so that it would hold for every request",
          "Write "
              + name
              + ".paths, .http-methods or .issuers; if every path is meant, write /** as its"
              + " paths");
    }
  }

  private record HttpMethodCheck(String rule) {
    void check(String method) {
      if (method.equals("*")) {
        throw new InvalidSettingException(
            rule + ".http-methods",
            "\"*\" is no HTTP method, and no request has it",
            "Leave this setting out if the rule is for every method");
      }
      if (!method.matches("[A-Z0-9!#$%&'*+.^_`|~-]+")) {
        throw new InvalidSettingException(
            rule + ".http-methods",
            "\"" + method + "\" matches no request, for methods are case-sensitive",
            "Write upper case, such as GET");
      }
      if (!REGISTERED.contains(method)) {
        LOGGER.log(
            Level.WARNING,
            rule
                + ".http-methods: \""
                + method
                + "\" is no registered HTTP method"
                + NearNames.nearest(method, REGISTERED, UnaryOperator.identity())
                    .map(near -> "; did you mean " + near + "?")
                    .orElse(".")
                + " The rule holds for requests with exactly that method");
      }
    }
  }

  private void requireReachable(int index) {
    Set<Integer> deciding = coverage.of(index);
    if (deciding.isEmpty()) {
      return;
    }
    boolean one = deciding.size() == 1;
    throw new InvalidSettingException(
        name(index),
        "it never decides: "
            + deciding.stream()
                .map(earlier -> name(earlier) + " (" + selection(rules.get(earlier)) + ")")
                .collect(Collectors.joining(", "))
            + (one ? " comes before it and selects" : " come before it and together select")
            + " everything that it selects ("
            + selection(rules.get(index))
            + ")",
        "Write the narrower rule first, or remove one of " + (one ? "the two" : "them"));
  }

  /**
   * Says what is open on purpose, so that nobody has it open by mistake.
   *
   * @param elsewhere the policy where no rule says another
   */
  public void warnOfOpen(Mode elsewhere) {
    for (int i = 0; i < rules.size(); i++) {
      Mode mode = rules.get(i).policy();
      if (mode == Mode.OFF) {
        warnOfOpen(i, "policy off: bindings are NOT looked at for ");
      } else if (mode == Mode.REPORT_ONLY && elsewhere.refuses()) {
        warnOfOpen(i, "policy report-only: bindings are compared and NOT enforced for ");
      }
    }
  }

  private void warnOfOpen(int index, String what) {
    LOGGER.log(
        Level.WARNING,
        name(index)
            + " has "
            + what
            + selection(rules.get(index))
            + "; a stolen token works there");
  }
}
