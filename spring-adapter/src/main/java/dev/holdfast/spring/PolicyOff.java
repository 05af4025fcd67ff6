package dev.holdfast.spring;

import dev.holdfast.BindingPolicy;
import dev.holdfast.configuration.Assembly;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.security.core.Authentication;

/**
 * Says on this thread that one of Spring Security's own filters decides about a token, where the
 * policy leaves that to it: Holdfast's decoders then answer as Spring's own would. What comes after
 * the filter has no share in it.
 */
final class PolicyOff {
  private static final Log LOG = LogFactory.getLog("dev.holdfast");
  private static final ThreadLocal<PolicyOff> HERE = new ThreadLocal<>();

  private boolean hasAuthenticated;

  private PolicyOff() {}

  /** One line where the policy is {@code off} somewhere on an enforced chain. */
  static void log(Assembly assembly, List<LookedAtChain> chains) {
    boolean isOff = assembly.settings().policy() == BindingPolicy.Mode.OFF;
    boolean isOffSomewhere =
        assembly.policy().requirements().stream()
            .anyMatch(requirement -> requirement.mode() == BindingPolicy.Mode.OFF);
    if (isOffSomewhere && chains.stream().anyMatch(LookedAtChain::isEnforced)) {
      LOG.info(
          (isOff ? "Holdfast is off" : "Holdfast is off where a rule says so")
              + ": it compares no keys there. What is still refused there, such as an invalid token,"
              + " a token that is bound to another certificate, or "
              + FrameworkProofs.REFUSED_ANYWAY
              + ", is refused by Spring Security's own checks");
    }
  }

  static boolean isHere() {
    return HERE.get() != null;
  }

  /** Says that the filter has let a token in. */
  static void noteAuthenticated() {
    PolicyOff here = HERE.get();
    if (here != null) {
      here.hasAuthenticated = true;
    }
  }

  static void run(
      Filter original, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Map<String, Authentication> before = TokenSessionFilter.loginsBefore(request);
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
