package dev.holdfast.spring.boot.failures;

/** Holdfast is not made for the Spring Boot that is here. */
final class UnsupportedBootException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String action;

  UnsupportedBootException(String problem, String action) {
    super(problem + ". " + action + ".");
    this.problem = problem;
    this.action = action;
  }

  String problem() {
    return problem;
  }

  String action() {
    return action;
  }
}
