package dev.holdfast.servlet.registration;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a container says that a filter or a servlet is mapped to. The specification wants an empty
 * collection where there is nothing. Open Liberty has none then, and Undertow has each mapping once
 * for every dispatcher type.
 */
public final class Mappings {
  private Mappings() {}

  /** The URL patterns of a filter, each once. */
  public static Set<String> paths(FilterRegistration filter) {
    return each(filter.getUrlPatternMappings());
  }

  /** The names of the servlets that a filter is mapped to, each once. */
  public static Set<String> servlets(FilterRegistration filter) {
    return each(filter.getServletNameMappings());
  }

  /** The URL patterns of a servlet, each once. */
  static Set<String> paths(ServletRegistration servlet) {
    return each(servlet.getMappings());
  }

  private static Set<String> each(@Nullable Collection<String> told) {
    return told == null ? Set.of() : new LinkedHashSet<>(told);
  }
}
