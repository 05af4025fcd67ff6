package dev.holdfast.spring.verification;

import dev.holdfast.configuration.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;

/** What Spring Security's bearer filter does about DPoP-bound tokens, which it only refuses. */
public final class FrameworkRefusals {
  /** What it refuses, whatever Holdfast does. */
  public static final String REFUSED_ANYWAY = "a DPoP-bound token under Bearer";

  private FrameworkRefusals() {}

  /** Where its bearer filter is not the known one, which asks its managers about each token. */
  static InvalidSettingException unknownVersion() {
    return new InvalidSettingException(
        "holdfast.dpop.enabled",
        "DPoP-bound tokens cannot be verified with this version of Spring Security",
        "Use a version that Holdfast was built for, or set it to false");
  }

  /**
   * Which claim its own code failed over, by a cast: {@code cnf}, in which its filter looks for
   * {@code jkt}, or the scopes, of which it makes authorities; null: none of these.
   */
  static @Nullable String claimOf(RuntimeException failed) {
    for (StackTraceElement frame : failed.getStackTrace()) {
      if (frame.getMethodName().equals("isDPoPBoundAccessToken")) {
        return "cnf";
      }
      if (frame.getClassName().equals(JwtGrantedAuthoritiesConverter.class.getName())) {
        return "scope or scp";
      }
    }
    return null;
  }
}
