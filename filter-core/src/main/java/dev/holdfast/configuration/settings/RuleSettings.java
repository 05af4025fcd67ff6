package dev.holdfast.configuration.settings;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement;
import dev.holdfast.configuration.Setting;
import dev.holdfast.policy.PathPattern;
import java.time.Duration;
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
 * @param scopes each of them must be granted to the token, such as payments:write; none: no scope
 *     is asked for
 * @param maxAuthenticationAge how long ago the token's user may have authenticated (auth_time), as
 *     in RFC 9470; none: it does not matter
 * @param acrValues one of them must be the token's acr, as in RFC 9470, the preferred one first;
 *     none: it does not matter
 */
public record RuleSettings(
    List<PathPattern> paths,
    Set<String> httpMethods,
    Set<String> issuers,
    @Setting Requirement.@Nullable Mode policy,
    Set<ConfirmationMethod> methods,
    List<String> scopes,
    @Setting(least = "1s", most = "365d", step = Setting.Step.SECONDS)
        @Nullable Duration maxAuthenticationAge,
    List<String> acrValues) {

  /** Copies the collections. */
  public RuleSettings {
    paths = List.copyOf(paths);
    httpMethods = Set.copyOf(httpMethods);
    issuers = Set.copyOf(issuers);
    methods = Set.copyOf(methods);
    scopes = List.copyOf(scopes);
    acrValues = List.copyOf(acrValues);
  }

  /** A rule about the binding alone. */
  public RuleSettings(
      List<PathPattern> paths,
      Set<String> httpMethods,
      Set<String> issuers,
      Requirement.@Nullable Mode policy,
      Set<ConfirmationMethod> methods) {
    this(paths, httpMethods, issuers, policy, methods, List.of(), null, List.of());
  }

  /** The same rule for these paths. */
  public RuleSettings withPaths(List<PathPattern> other) {
    return new RuleSettings(
        other, httpMethods, issuers, policy, methods, scopes, maxAuthenticationAge, acrValues);
  }
}
