package dev.holdfast.spring;

import jakarta.servlet.http.HttpServletRequest;

/** Marks a request whose binding is enforced and confirmed, for filters behind the first one. */
final class ConfirmedRequests {
  private static final String CONFIRMED = ConfirmedRequests.class.getName() + ".CONFIRMED";

  private ConfirmedRequests() {}

  static void mark(HttpServletRequest request) {
    request.setAttribute(CONFIRMED, true);
  }

  static boolean isMarked(HttpServletRequest request) {
    return Boolean.TRUE.equals(request.getAttribute(CONFIRMED));
  }
}
