package dev.holdfast.spring.takers;

import dev.holdfast.spring.held.FilterFields;
import dev.holdfast.spring.held.HeldObjects;
import jakarta.servlet.Filter;
import java.lang.reflect.Field;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Providers of the application's that are for other credentials than access tokens, and hold what
 * verifies an access token: behind {@code httpBasic}, for example, a token may come as a password,
 * without its key.
 */
public final class PasswordTokens {
  private static final int MOST_STEPS = 3;

  private final Set<Object> seen = HeldObjects.newIdentitySet();
  private final Set<String> found = new LinkedHashSet<>();

  private PasswordTokens() {}

  /** The classes of those that the managers of this filter lead to. */
  public static Set<String> providersOf(Filter filter) {
    PasswordTokens tokens = new PasswordTokens();
    tokens.lookInto(filter);
    return tokens.found;
  }

  private void lookInto(Object holder) {
    FilterFields.of(holder).values().stream()
        .flatMap(value -> HeldObjects.elements(value).stream())
        .forEach(this::look);
  }

  private void look(Object held) {
    if (held instanceof AuthenticationProvider provider) {
      Object target = AopProxyUtils.getSingletonTarget(provider);
      Object itself = target == null ? provider : target;
      if (HeldObjects.isOfApplication(itself.getClass())
          && !provider.supports(BearerTokenAuthenticationToken.class)
          && holdsVerifier(itself, 0)) {
        found.add(itself.getClass().getName());
      }
    } else if (held instanceof AuthenticationManager && seen.add(held)) {
      lookInto(held);
    }
  }

  private static boolean holdsVerifier(Object holder, int steps) {
    for (Class<?> type = holder.getClass();
        type != null && HeldObjects.isOfApplication(type);
        type = type.getSuperclass()) {
      for (Field field : HeldObjects.fields(type)) {
        if (isOrHoldsVerifier(HeldObjects.value(field, holder), steps)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOrHoldsVerifier(@Nullable Object value, int steps) {
    return value instanceof JwtDecoder
        || value instanceof OpaqueTokenIntrospector
        || value instanceof JwtAuthenticationProvider
        || value instanceof OpaqueTokenAuthenticationProvider
        || (value != null
            && steps < MOST_STEPS
            && HeldObjects.isOfApplication(value.getClass())
            && holdsVerifier(value, steps + 1));
  }
}
