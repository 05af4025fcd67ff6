package dev.holdfast.spring.webflux;

import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The chains whose tokens are not Holdfast's business: an application that has such chains defines
 * a bean of this type. Holdfast leaves them as they are, enforces nothing there, and repeats the
 * names in the line at the start.
 *
 * @param beans names of {@code SecurityWebFilterChain} beans, and of {@code WebFilter} beans that
 *     stand beside the chains
 */
public record ChainsOfOthers(Set<String> beans) {
  /** Copies the names. */
  public ChainsOfOthers {
    beans = Set.copyOf(beans);
  }

  /** What all of these name. */
  static Set<String> namesIn(ObjectProvider<ChainsOfOthers> all) {
    return all.stream().flatMap(one -> one.beans().stream()).collect(Collectors.toSet());
  }
}
