package dev.holdfast.spring.held;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** What reads an access token from a request, in Spring Security 6.5: a resolver. */
public final class TokenReaders {
  /** Whoever has one of these takes access tokens. */
  public static final List<Class<?>> TYPES = List.of(BearerTokenResolver.class);

  private TokenReaders() {}

  /** What this filter reads its token with, or null when it is another filter than known. */
  public static @Nullable AuthenticationConverter of(BearerTokenAuthenticationFilter filter) {
    BearerTokenResolver resolver =
        HiddenField.read(BearerTokenAuthenticationFilter.class, BearerTokenResolver.class, filter);
    return resolver == null
        ? null
        : request -> {
          String token = resolver.resolve(request);
          return token == null ? null : new BearerTokenAuthenticationToken(token);
        };
  }

  /** Whether this is one of them. */
  public static boolean include(Object value) {
    return TYPES.stream().anyMatch(type -> type.isInstance(value));
  }
}
