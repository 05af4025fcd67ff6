package dev.holdfast.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;
import org.springframework.util.ReflectionUtils;

/**
 * Tells whether a filter for pre-authenticated requests, such as Spring Security's {@code
 * RequestHeaderAuthenticationFilter}, makes its principal or its credentials of an access token.
 */
final class PreAuthenticated {
  private static final String[] PARTS = {
    "getPreAuthenticatedPrincipal", "getPreAuthenticatedCredentials"
  };

  private PreAuthenticated() {}

  static boolean takesTokens(AbstractPreAuthenticatedProcessingFilter filter) {
    for (String part : PARTS) {
      if (takes(filter, part, CredentialProbe.bearer())
          || takes(filter, part, CredentialProbe.dpop())) {
        return true;
      }
    }
    return false;
  }

  /** One that verifies the token at once refuses the probe's, which is none. */
  private static boolean takes(
      AbstractPreAuthenticatedProcessingFilter filter, String part, CredentialProbe probe) {
    try {
      return CredentialProbe.isIn(ask(filter, part, probe));
    } catch (RuntimeException refused) {
      return probe.wasRead() && !throwsAnyway(filter, part);
    }
  }

  private static boolean throwsAnyway(
      AbstractPreAuthenticatedProcessingFilter filter, String part) {
    try {
      ask(filter, part, CredentialProbe.none());
      return false;
    } catch (RuntimeException anyway) {
      return true;
    }
  }

  private static @Nullable Object ask(
      AbstractPreAuthenticatedProcessingFilter filter, String part, CredentialProbe probe) {
    Method method =
        Objects.requireNonNull(
            ReflectionUtils.findMethod(
                AbstractPreAuthenticatedProcessingFilter.class, part, HttpServletRequest.class));
    ReflectionUtils.makeAccessible(method);
    return ReflectionUtils.invokeMethod(method, filter, probe.request());
  }
}
