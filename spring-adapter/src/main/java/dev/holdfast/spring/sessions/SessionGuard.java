package dev.holdfast.spring.sessions;

import dev.holdfast.EnforcementPolicy;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import java.util.List;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.TransientSecurityContext;

/**
 * What Holdfast does about a login that a session would keep of a token. A session is good for
 * every path, so that the whole policy counts and not the rule for one request.
 */
public enum SessionGuard {
  /** The policy is {@code off} everywhere: sessions are left to Spring Security. */
  ABSENT,
  /** Nothing is enforced anywhere, and something reported: the log tells, and nothing changes. */
  REPORTING,
  /** Bindings are enforced somewhere, and the session's cookie would be a login there. */
  KEEPING_OUT;

  public static SessionGuard of(EnforcementPolicy policy) {
    List<Mode> modes = policy.requirements().stream().map(Requirement::mode).distinct().toList();
    if (modes.stream().allMatch(mode -> mode == Mode.OFF)) {
      return ABSENT;
    }
    return modes.stream().allMatch(mode -> mode == Mode.OFF || mode == Mode.REPORT_ONLY)
        ? REPORTING
        : KEEPING_OUT;
  }

  /** For what a token authenticated: no session keeps a transient one. */
  public SecurityContext emptyContext(SecurityContextHolderStrategy contexts) {
    return this == KEEPING_OUT ? new TransientSecurityContext() : contexts.createEmptyContext();
  }
}
