package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.policy.PathPattern;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the rules that never decide, because earlier ones select everything that they select. The
 * first rule that matches decides.
 *
 * @param rules in their order
 * @param issuers the issuers of all tokens; empty where they are not all known
 */
record RuleCoverage(List<RuleSettings> rules, Set<String> issuers) {
  private static final String ANY = "";

  /** One path, one method and one issuer of a rule; a method or an issuer may be any. */
  private record Part(PathPattern path, String httpMethod, String issuer) {}

  /**
   * The earlier rules that decide in the place of this one: each of its paths, with each of its
   * methods and issuers, is covered by one of them.
   *
   * @return their indexes; empty when something is left for this rule
   */
  Set<Integer> of(int index) {
    Set<Integer> deciding = new TreeSet<>();
    for (Part part : parts(rules.get(index))) {
      int earlier = firstThatCovers(part, index);
      if (earlier == index) {
        return Set.of();
      }
      deciding.add(earlier);
    }
    return deciding;
  }

  private List<Part> parts(RuleSettings rule) {
    List<PathPattern> paths =
        rule.paths().isEmpty() ? List.of(PathPattern.parse("/**")) : rule.paths();
    Set<String> methods = rule.httpMethods().isEmpty() ? Set.of(ANY) : rule.httpMethods();
    return paths.stream()
        .flatMap(
            path ->
                methods.stream()
                    .flatMap(
                        method ->
                            issuersOf(rule).stream().map(issuer -> new Part(path, method, issuer))))
        .toList();
  }

  private Set<String> issuersOf(RuleSettings rule) {
    if (!rule.issuers().isEmpty()) {
      return rule.issuers();
    }
    return issuers.isEmpty() ? Set.of(ANY) : issuers;
  }

  /** The rule's own index when there is none. */
  private int firstThatCovers(Part part, int index) {
    for (int earlier = 0; earlier < index; earlier++) {
      RuleSettings rule = rules.get(earlier);
      if (contains(rule.httpMethods(), part.httpMethod())
          && contains(rule.issuers(), part.issuer())
          && (rule.paths().isEmpty()
              || rule.paths().stream().anyMatch(wide -> wide.covers(part.path())))) {
        return earlier;
      }
    }
    return index;
  }

  /** No name stands for every one. */
  private static boolean contains(Set<String> names, String name) {
    return names.isEmpty() || names.contains(name);
  }
}
