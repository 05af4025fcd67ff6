package dev.holdfast.spring.verification;

import dev.holdfast.configuration.InvalidSettingException;

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

  /** Whether it failed over {@code cnf}, in which its filter looks for {@code jkt} by casts. */
  static boolean isAboutConfirmation(StackTraceElement frame) {
    return frame.getMethodName().equals("isDPoPBoundAccessToken");
  }
}
