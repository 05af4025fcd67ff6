package dev.holdfast.configuration;

import dev.holdfast.BindingPolicy;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.PathPattern;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code rules[]}: an exception. It overrides what it names, where everything it names matches. It
 * must name a path, an HTTP method or an issuer: {@code /**} is every path.
 *
 * @param paths {@code rules[].paths}; empty matches every path
 * @param httpMethods {@code rules[].http-methods}; empty matches every method
 * @param issuers {@code rules[].issuers}; empty matches every issuer
 * @param policy {@code rules[].policy}, or null for the default
 * @param methods {@code rules[].methods}; empty for the default
 */
public record RuleSettings(
    List<PathPattern> paths,
    Set<String> httpMethods,
    Set<String> issuers,
    BindingPolicy.@Nullable Mode policy,
    Set<ConfirmationMethod> methods) {

  /** Copies the collections. */
  public RuleSettings {
    paths = List.copyOf(paths);
    httpMethods = Set.copyOf(httpMethods);
    issuers = Set.copyOf(issuers);
    methods = Set.copyOf(methods);
  }
}
