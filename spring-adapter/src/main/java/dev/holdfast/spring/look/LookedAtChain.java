package dev.holdfast.spring.look;

import dev.holdfast.spring.held.SpringProxies;
import java.util.List;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * A chain, and what was found in it.
 *
 * @param identity the chain itself
 * @param name its bean's name, or how else to tell it
 * @param finding what was found
 * @param beside filters that sign users in by other credentials of a request's, each with what it
 *     reads
 */
record LookedAtChain(
    SecurityFilterChain identity, String name, Finding finding, List<String> beside) {

  enum Finding {
    /** Holdfast confirms what it takes. */
    ENFORCED,
    /** It takes no access tokens. */
    WITHOUT_TOKENS,
    /** The settings leave it to the application. */
    OF_OTHERS
  }

  LookedAtChain {
    beside = List.copyOf(beside);
  }

  boolean isEnforced() {
    return finding == Finding.ENFORCED;
  }

  /** Whether it serves whatever comes to it. */
  boolean servesEveryPath() {
    return SpringProxies.behindIfThere(identity) instanceof DefaultSecurityFilterChain chain
        && chain.getRequestMatcher() instanceof AnyRequestMatcher;
  }

  /** Its name, and for which requests it is. */
  @Override
  public String toString() {
    return name + matcher(identity);
  }

  static String matcher(SecurityFilterChain chain) {
    return SpringProxies.behindIfThere(chain) instanceof DefaultSecurityFilterChain known
        ? " (" + plain(known.getRequestMatcher().toString()) + ")"
        : "";
  }

  /**
   * As the application wrote it: {@code Or [PathPattern [/api/**]]} was {@code /api/**}. In Spring
   * Security 6.5 {@code Mvc [pattern='/api/**']} was the same, and what is one matcher or another,
   * according to the servlet that serves, is named once.
   */
  private static String plain(String matcher) {
    return matcher
        .replaceAll("[^\\s,\\[]*[$][$]Lambda[^\\s,\\]]*", "a RequestMatcher in code")
        .replaceAll("PathPattern \\[([^\\]]*)]", "$1")
        .replaceAll("(?:Mvc|Ant) \\[pattern='([^']*)'([^\\]]*)]", "$1$2")
        .replaceAll("\\w+ \\[(?:ant = )?([^,\\]]*), (?:mvc = )?\\1]", "$1")
        .replaceFirst("^Or \\[(.*)]$", "$1");
  }
}
