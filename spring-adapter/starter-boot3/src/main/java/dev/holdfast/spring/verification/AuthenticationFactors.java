package dev.holdfast.spring.verification;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Multi-factor authentication is Spring Security 7's. In 6.5 a token's {@code Authentication} takes
 * nothing over from who was signed in before, in Spring's own filters neither.
 */
final class AuthenticationFactors {
  private AuthenticationFactors() {}

  static Authentication merge(Authentication token, @Nullable Authentication before) {
    return token;
  }
}
