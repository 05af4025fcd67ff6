package dev.holdfast.spring.held;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** What reads an access token from a request, in Spring Security 7: a resolver or a converter. */
public final class TokenReaders {
  /** Whoever has one of these takes access tokens. */
  public static final List<Class<?>> TYPES =
      List.of(BearerTokenResolver.class, BearerTokenAuthenticationConverter.class);

  private TokenReaders() {}

  /** What this filter reads its token with, or null when it is another filter than known. */
  public static @Nullable AuthenticationConverter of(BearerTokenAuthenticationFilter filter) {
    return HiddenField.read(
        BearerTokenAuthenticationFilter.class, AuthenticationConverter.class, filter);
  }

  /** Whether this is one of them. */
  public static boolean include(Object value) {
    return TYPES.stream().anyMatch(type -> type.isInstance(value));
  }
}
