package dev.holdfast.spring.webflux.look;

import dev.holdfast.spring.webflux.held.SpringProxies;
import dev.holdfast.spring.webflux.verification.ManagerView;
import dev.holdfast.spring.webflux.verification.springs.HiddenField;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ObservationReactiveAuthenticationManager;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UserDetailsRepositoryReactiveAuthenticationManager;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerReactiveAuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.DelegatingServerAuthenticationConverter;

/**
 * Spring Security's parts of which it is known what they make of a request, by their very class: a
 * subclass may do anything. What the application vouches for counts as known.
 *
 * @param vouched whether the application vouches for a class of its own
 */
record KnownParts(Predicate<Class<?>> vouched) {
  private static final String WEB = "org.springframework.security.web.server.";

  private static final Set<String> CONVERTERS =
      Set.of(
          WEB + "ServerFormLoginAuthenticationConverter",
          WEB + "ServerHttpBasicAuthenticationConverter",
          WEB + "authentication.ServerFormLoginAuthenticationConverter",
          WEB + "authentication.ServerHttpBasicAuthenticationConverter",
          WEB + "authentication.ServerX509AuthenticationConverter",
          WEB + "authentication.ott.ServerOneTimeTokenAuthenticationConverter",
          "org.springframework.security.oauth2.client.web.server"
              + ".ServerOAuth2AuthorizationCodeAuthenticationTokenConverter");

  private static final String OAUTH2_LOGIN =
      "org.springframework.security.config.web.server.ServerHttpSecurity$OAuth2LoginSpec$$Lambda";

  private static final Set<String> REPOSITORIES =
      Set.of(
          WEB + "context.NoOpServerSecurityContextRepository",
          WEB + "context.WebSessionServerSecurityContextRepository");

  boolean isVouchedFor(Object part) {
    return vouched.test(part.getClass());
  }

  /** Whether a converter makes nothing of an access token. */
  boolean isForOtherCredentials(Object seen) {
    Object converter = SpringProxies.behind(seen);
    if (converter == null) {
      return false;
    }
    if (converter.getClass() == DelegatingServerAuthenticationConverter.class) {
      List<?> delegates =
          HiddenField.read(DelegatingServerAuthenticationConverter.class, List.class, converter);
      return delegates != null && delegates.stream().allMatch(this::isForOtherCredentials);
    }
    String name = converter.getClass().getName();
    return CONVERTERS.contains(name) || name.startsWith(OAUTH2_LOGIN) || isVouchedFor(converter);
  }

  /** Whether a repository loads what a login has saved there, and reads nothing else. */
  boolean isHarmlessRepository(Object repository) {
    return REPOSITORIES.contains(repository.getClass().getName()) || isVouchedFor(repository);
  }

  /**
   * Whether a filter has one manager, for every request, and that one compares a password with a
   * user's: then a converter of the application's, of a login in JSON for example, makes no token.
   */
  static boolean isForPasswords(Object resolver) {
    String single = AuthenticationWebFilter.class.getName() + "$$Lambda";
    ReactiveAuthenticationManager manager =
        resolver.getClass().getName().startsWith(single)
            ? HiddenField.read(resolver.getClass(), ReactiveAuthenticationManager.class, resolver)
            : null;
    Object behind = manager == null ? null : SpringProxies.behind(observed(manager));
    return behind != null
        && behind.getClass() == UserDetailsRepositoryReactiveAuthenticationManager.class;
  }

  private static ReactiveAuthenticationManager observed(ReactiveAuthenticationManager manager) {
    ReactiveAuthenticationManager behind =
        manager instanceof ObservationReactiveAuthenticationManager
            ? HiddenField.read(
                ObservationReactiveAuthenticationManager.class,
                ReactiveAuthenticationManager.class,
                manager)
            : null;
    return behind == null ? manager : behind;
  }

  /** Whether it finds or verifies access tokens, and can be meant for nothing else. */
  static boolean isForTokens(@Nullable Object part) {
    return part instanceof ServerBearerTokenAuthenticationConverter
        || part instanceof ReactiveJwtDecoder
        || part instanceof JwtDecoder
        || part instanceof ReactiveOpaqueTokenIntrospector
        || part instanceof OpaqueTokenIntrospector
        || part instanceof JwtIssuerReactiveAuthenticationManagerResolver
        || (part instanceof ReactiveAuthenticationManager manager
            && ManagerView.isForTokens(manager));
  }

  /** As a text names it: a lambda by the class that has it in its lines. */
  static String name(Object part) {
    Class<?> type = part.getClass();
    String name = type.getName();
    int lambda = name.indexOf("$$Lambda");
    return lambda < 0
        ? ("aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name
        : "a lambda of " + name.substring(0, lambda);
  }
}
