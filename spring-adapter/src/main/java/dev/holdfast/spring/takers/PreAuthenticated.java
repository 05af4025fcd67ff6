package dev.holdfast.spring.takers;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;
import org.springframework.util.ReflectionUtils;

/**
 * Tells whether a filter for pre-authenticated requests, such as Spring Security's {@code
 * RequestHeaderAuthenticationFilter}, makes its principal or its credentials of an access token: of
 * {@code Authorization}, or of a field that is called after one, such as {@code
 * X-Forwarded-Access-Token}.
 */
public final class PreAuthenticated {
  private static final String[] PARTS = {
    "getPreAuthenticatedPrincipal", "getPreAuthenticatedCredentials"
  };

  /** Also {@code X-API-Token} and {@code X-CSRF-Token} are tokens, and none of an issuer's. */
  private static final Pattern ACCESS_TOKEN =
      Pattern.compile("access[-_.]?token|authori[sz]ation|bearer");

  private PreAuthenticated() {}

  static boolean takesTokens(AbstractPreAuthenticatedProcessingFilter filter) {
    for (String part : PARTS) {
      for (CredentialProbe probe : CredentialProbe.ofEveryScheme()) {
        if (takes(filter, part, probe) || takes(filter, part, probe.amongOthers())) {
          return true;
        }
      }
    }
    return places(filter).stream().anyMatch(place -> ACCESS_TOKEN.matcher(place).find());
  }

  /** Of which fields, parameters or cookies it makes its principal or its credentials. */
  public static Set<String> places(AbstractPreAuthenticatedProcessingFilter filter) {
    Set<String> places = new LinkedHashSet<>();
    for (String part : PARTS) {
      CredentialProbe probe = CredentialProbe.elsewhere("GET");
      try {
        ask(filter, part, probe);
      } catch (RuntimeException refused) {
        // it has asked by then
      }
      places.addAll(probe.askedElsewhere());
    }
    return places;
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
