package dev.holdfast.spring.look;

import java.io.Serial;

/** Tokens are, or would be, taken in a way that nobody enforces. The start stops with it. */
public final class UnenforcedTokensException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;
  private final String problem;
  private final String action;

  /**
   * Describes what was found.
   *
   * @param problem what was found, a sentence without its full stop
   * @param action what to do, a sentence without its full stop
   */
  UnenforcedTokensException(String problem, String action) {
    super(problem + ". " + action + ".");
    this.problem = problem;
    this.action = action;
  }

  UnenforcedTokensException(String problem, String action, Throwable cause) {
    this(problem, action);
    initCause(cause);
  }

  public String problem() {
    return problem;
  }

  public String action() {
    return action;
  }
}
