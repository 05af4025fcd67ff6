package dev.holdfast.spring.webflux.verification;

import dev.holdfast.AccessToken;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * What a chain made of a token, before anybody has confirmed it.
 *
 * @param authentication what the application will see
 * @param kind by what it was verified
 * @param introspected what the issuer answered, where it was seen
 * @param vouched what Holdfast's own issuers said, or null
 */
record Verified(
    Authentication authentication,
    Kind kind,
    List<Map<String, Object>> introspected,
    @Nullable AccessToken vouched) {

  /** By what a token was verified. */
  enum Kind {
    /** By a {@code ReactiveJwtDecoder} alone: what a JWT says is what its issuer says. */
    JWT,
    /** By introspection alone: the issuer's answer counts, not what the token itself says. */
    INTROSPECTION,
    /** By something of the application's own. */
    UNKNOWN
  }

  Verified(Authentication authentication, Kind kind) {
    this(authentication, kind, List.of(), null);
  }
}
