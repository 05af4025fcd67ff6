package dev.holdfast.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Says on this thread that one of Spring Security's own filters decides about a token, where the
 * policy leaves that to it: Holdfast's decoders then answer as Spring's own would. What comes after
 * the filter has no share in it.
 */
final class PolicyOff {
  private static final ThreadLocal<Boolean> HERE = new ThreadLocal<>();

  private PolicyOff() {}

  static boolean isHere() {
    return Boolean.TRUE.equals(HERE.get());
  }

  static void run(
      Filter original, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HERE.set(true);
    try {
      original.doFilter(
          request,
          response,
          (nextRequest, nextResponse) -> {
            HERE.remove();
            try {
              chain.doFilter(nextRequest, nextResponse);
            } finally {
              HERE.set(true);
            }
          });
    } finally {
      HERE.remove();
    }
  }
}
