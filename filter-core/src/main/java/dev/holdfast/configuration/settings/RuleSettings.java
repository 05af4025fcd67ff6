package dev.holdfast.configuration.settings;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement;
import dev.holdfast.configuration.Setting;
import dev.holdfast.policy.PathPattern;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code rules[]}: an exception. It overrides what it names, where everything it names matches. It
 * must name a path, an HTTP method or an issuer: {@code /**} is every path.
 *
 * @param paths such as /payments and /public/**; none: every path
 * @param httpMethods such as GET; none: every method
 * @param issuers for tokens of these issuers; none: of every issuer
 * @param policy overrides the default
 * @param methods overrides the default
 */
public record RuleSettings(
    List<PathPattern> paths,
    Set<String> httpMethods,
    Set<String> issuers,
    @Setting Requirement.@Nullable Mode policy,
    Set<ConfirmationMethod> methods) {

  /** Copies the collections. */
  public RuleSettings {
    paths = List.copyOf(paths);
    httpMethods = Set.copyOf(httpMethods);
    issuers = Set.copyOf(issuers);
    methods = Set.copyOf(methods);
  }
}
