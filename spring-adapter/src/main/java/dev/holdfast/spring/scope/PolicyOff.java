package dev.holdfast.spring.scope;

import dev.holdfast.spring.sessions.SessionLogins;
import dev.holdfast.spring.sessions.TokenSessionFilter;
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
public final class PolicyOff {
  private static final ThreadLocal<PolicyOff> HERE = new ThreadLocal<>();

  private boolean hasAuthenticated;

  private PolicyOff() {}

  public static boolean isHere() {
    return HERE.get() != null;
  }

  /** Says that the filter has let a token in. */
  static void noteAuthenticated() {
    PolicyOff here = HERE.get();
    if (here != null) {
      here.hasAuthenticated = true;
    }
  }

  public static void run(
      Filter original, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    SessionLogins before = TokenSessionFilter.loginsNow(request);
    PolicyOff here = new PolicyOff();
    HERE.set(here);
    try {
      original.doFilter(
          request,
          response,
          (nextRequest, nextResponse) -> {
            HERE.remove();
            if (here.hasAuthenticated) {
              TokenSessionFilter.tokenCame(request, before);
            }
            try {
              chain.doFilter(nextRequest, nextResponse);
            } finally {
              HERE.set(here);
            }
          });
    } finally {
      HERE.remove();
    }
  }
}
