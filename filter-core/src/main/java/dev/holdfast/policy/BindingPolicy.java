package dev.holdfast.policy;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.EnforcementPolicy;
import dev.holdfast.RequestEvidence;
import dev.holdfast.Requirement;
import dev.holdfast.TokenRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where which binding is required. Rules are tried in order and the first match decides, by path,
 * HTTP method and issuer; what it does not name comes from the defaults, each part of {@link
 * TokenRequirement} for itself. The settings know no default for those parts: there, a rule that
 * names no scopes demands none, whatever other rules demand.
 *
 * <p>No spelling of a request is less protected than another: an ambiguous path ({@code %2f},
 * {@code ;}, {@code //}, {@code ..}) gets the strictest of all rules, and so does an HTTP method
 * that is neither a common one nor named by a rule, where rules name methods; a path that a rule
 * names in another letter case gets the stricter of both readings, and {@code HEAD} the stricter of
 * itself and {@code GET}. Where a filter gave the request another method or path than it came with,
 * the stricter of both readings counts.
 */
public final class BindingPolicy implements EnforcementPolicy {
  /**
   * One rule. An empty collection of paths, HTTP methods or issuers matches every one.
   *
   * @param paths where it holds
   * @param httpMethods for which HTTP methods, case-sensitive
   * @param issuers for tokens of which issuers
   * @param mode overrides the default when not null
   * @param methods overrides the default when not empty
   * @param token what it demands of tokens beside their binding
   */
  public record Rule(
      List<PathPattern> paths,
      Set<String> httpMethods,
      Set<String> issuers,
      Requirement.@Nullable Mode mode,
      Set<ConfirmationMethod> methods,
      TokenRequirement token) {
    /** Copies the collections. */
    public Rule {
      paths = List.copyOf(paths);
      httpMethods = Set.copyOf(httpMethods);
      issuers = Set.copyOf(issuers);
      methods = Set.copyOf(methods);
    }

    /** A rule about the binding alone. */
    public Rule(
        List<PathPattern> paths,
        Set<String> httpMethods,
        Set<String> issuers,
        Requirement.@Nullable Mode mode,
        Set<ConfirmationMethod> methods) {
      this(paths, httpMethods, issuers, mode, methods, TokenRequirement.NONE);
    }

    private boolean matches(String httpMethod, List<String> path, boolean ignoreCase) {
      if (!httpMethods.isEmpty() && !httpMethods.contains(httpMethod)) {
        return false;
      }
      if (paths.isEmpty()) {
        return true;
      }
      for (PathPattern pattern : paths) {
        if (pattern.matches(path, ignoreCase)) {
          return true;
        }
      }
      return false;
    }
  }

  /** A rule, and what holds where it decides. */
  private record Ruling(Rule rule, Requirement requirement) {
    static Ruling of(Rule rule, Requirement defaults) {
      Requirement.Mode mode = rule.mode() == null ? defaults.mode() : rule.mode();
      return new Ruling(
          rule,
          new Requirement(
              mode,
              rule.methods().isEmpty() ? defaults.methods() : rule.methods(),
              mode == Requirement.Mode.OFF ? rule.token() : rule.token().over(defaults.token())));
    }
  }

  private static final Set<String> COMMON_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final Requirement defaults;
  private final List<Ruling> rulings;
  private final Set<String> namedIssuers;
  private final Set<String> namedMethods;

  /**
   * A policy of these rules, tried in order, over these defaults.
   *
   * @throws IllegalArgumentException when the defaults take no method, or when something is
   *     demanded of tokens where the mode is {@code off}
   */
  public BindingPolicy(Requirement defaults, List<Rule> rules) {
    if (defaults.methods().isEmpty()) {
      throw new IllegalArgumentException("a policy takes at least one method");
    }
    this.defaults = defaults;
    this.rulings = rules.stream().map(rule -> Ruling.of(rule, defaults)).toList();
    this.namedIssuers = namedBy(rules, Rule::issuers);
    this.namedMethods = namedBy(rules, Rule::httpMethods);
  }

  /** One requirement everywhere. */
  public static BindingPolicy everywhere(Requirement requirement) {
    return new BindingPolicy(requirement, List.of());
  }

  /** The defaults first. */
  @Override
  public List<Requirement> requirements() {
    List<Requirement> all = new ArrayList<>(List.of(defaults));
    rulings.forEach(ruling -> all.add(ruling.requirement()));
    return all;
  }

  @Override
  public @Nullable Requirement beforeVerification(RequestEvidence evidence) {
    return namedIssuers.isEmpty() ? requirementFor(evidence, null) : null;
  }

  @Override
  public boolean refusesForEveryIssuer(RequestEvidence evidence) {
    if (!requirementFor(evidence, null).mode().refuses()) {
      return false;
    }
    for (String issuer : namedIssuers) {
      if (!requirementFor(evidence, issuer).mode().refuses()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Requirement afterVerification(RequestEvidence evidence, String issuer) {
    return requirementFor(evidence, issuer);
  }

  private Requirement requirementFor(RequestEvidence evidence, @Nullable String issuer) {
    if (rulings.isEmpty()) {
      return defaults;
    }
    RequestEvidence dispatched = evidence.asDispatched();
    Requirement received = readingOf(evidence, issuer);
    return dispatched == evidence ? received : received.stricterOf(readingOf(dispatched, issuer));
  }

  private Requirement readingOf(RequestEvidence evidence, @Nullable String issuer) {
    String method = evidence.httpMethod();
    if (AmbiguousTarget.is(evidence.rawPath()) || isUncommon(method)) {
      return strictest();
    }
    List<String> path = PathPattern.segmentsOf(evidence.path());
    Requirement requirement = eitherCase(method, path, issuer);
    return method.equals("HEAD")
        ? requirement.stricterOf(eitherCase("GET", path, issuer))
        : requirement;
  }

  private boolean isUncommon(String httpMethod) {
    return !namedMethods.isEmpty()
        && !namedMethods.contains(httpMethod)
        && !COMMON_METHODS.contains(httpMethod);
  }

  private Requirement strictest() {
    Requirement strictest = defaults;
    for (Ruling ruling : rulings) {
      strictest = strictest.stricterOf(ruling.requirement());
    }
    return strictest;
  }

  private Requirement eitherCase(String method, List<String> path, @Nullable String issuer) {
    return firstMatch(method, path, issuer, false)
        .stricterOf(firstMatch(method, path, issuer, true));
  }

  private Requirement firstMatch(
      String method, List<String> path, @Nullable String issuer, boolean ignoreCase) {
    for (Ruling ruling : rulings) {
      Rule rule = ruling.rule();
      if ((rule.issuers().isEmpty() || (issuer != null && rule.issuers().contains(issuer)))
          && rule.matches(method, path, ignoreCase)) {
        return ruling.requirement();
      }
    }
    return defaults;
  }

  private static Set<String> namedBy(List<Rule> rules, Function<Rule, Set<String>> names) {
    return rules.stream()
        .flatMap(rule -> names.apply(rule).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
