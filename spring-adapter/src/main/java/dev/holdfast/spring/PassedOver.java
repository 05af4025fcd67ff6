package dev.holdfast.spring;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Marks a request about which no filter behind Holdfast's is asked: its binding is enforced and
 * confirmed, or it has no token.
 */
final class PassedOver {
  private static final String PASSED_OVER = PassedOver.class.getName() + ".PASSED_OVER";

  private PassedOver() {}

  static void mark(HttpServletRequest request) {
    request.setAttribute(PASSED_OVER, true);
  }

  static boolean isMarked(HttpServletRequest request) {
    return Boolean.TRUE.equals(request.getAttribute(PASSED_OVER));
  }
}
