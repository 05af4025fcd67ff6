package dev.holdfast.servlet.cookie.session;

import dev.holdfast.KeyProof;
import dev.holdfast.cookie.CookieBinder;
import dev.holdfast.servlet.evidence.EvidenceSource;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one filter binds, and how.
 *
 * @param names of the cookies, case-sensitive
 * @param binder makes and checks companions
 * @param mechanisms by which a caller proves a key
 * @param evidence of a request
 * @param clock for the lifetimes of cookies
 */
public record CookieRules(
    Set<String> names,
    CookieBinder binder,
    List<KeyProof> mechanisms,
    EvidenceSource evidence,
    Clock clock) {
  private static final String COMPANION = "-bound";

  public CookieRules {
    names = Set.copyOf(names);
    mechanisms = List.copyOf(mechanisms);
  }

  public boolean binds(String name) {
    return names.contains(name);
  }

  public static String companionOf(String name) {
    return name + COMPANION;
  }

  public boolean isCompanion(String name) {
    return name.endsWith(COMPANION)
        && names.contains(name.substring(0, name.length() - COMPANION.length()));
  }

  /** These names and every companion's: what an application does not see. */
  public Set<String> andCompanions(Set<String> hidden) {
    Set<String> all = new HashSet<>(hidden);
    names.forEach(name -> all.add(companionOf(name)));
    return all;
  }
}
