package dev.holdfast;

import java.util.HashSet;
import java.util.Set;

/**
 * What holds for a request.
 *
 * @param mode how bindings are enforced
 * @param methods at least one of the proven bindings that the token demands must be of these; empty
 *     takes no bound token at all, which is what remains when a request could be read in two ways
 *     that have no method in common
 * @param token what the token must say beside its binding
 */
public record Requirement(Mode mode, Set<ConfirmationMethod> methods, TokenRequirement token) {

  /** How a binding is enforced, from the laxest to the strictest. */
  public enum Mode {
    /** Bindings are not looked at; the token itself is still verified. */
    OFF("off"),
    /** Bindings are compared and a mismatch is reported, not refused. For roll-out. */
    REPORT_ONLY("report-only"),
    /** A token with {@code cnf} must match; one without passes as bearer. */
    WHEN_BOUND("when-bound"),
    /** Every token must have {@code cnf} and match. */
    REQUIRED("required");

    private final String propertyName;

    Mode(String propertyName) {
      this.propertyName = propertyName;
    }

    /** Whether a binding that is wrong refuses the request. */
    public boolean refuses() {
      return compareTo(WHEN_BOUND) >= 0;
    }

    /** The name used in configuration, logs and metrics. */
    public String propertyName() {
      return propertyName;
    }
  }

  /**
   * Copies the methods.
   *
   * @throws IllegalArgumentException when something is demanded of tokens where nobody looks at
   *     them
   */
  public Requirement {
    methods = Set.copyOf(methods);
    if (mode == Mode.OFF && !token.isNone()) {
      throw new IllegalArgumentException(
          "where bindings are not looked at, nothing else is demanded of a token");
    }
  }

  /** Of the binding alone. */
  public Requirement(Mode mode, Set<ConfirmationMethod> methods) {
    this(mode, methods, TokenRequirement.NONE);
  }

  /** One that refuses whatever either of the two refuses. */
  public Requirement stricterOf(Requirement that) {
    if (mode.compareTo(that.mode) < 0) {
      return that.stricterOf(this);
    }
    if (!that.mode.refuses() || equals(that)) {
      return this; // what refuses nothing has nothing to add
    }
    Set<ConfirmationMethod> both = new HashSet<>(methods);
    both.retainAll(that.methods);
    return new Requirement(mode, both, token.and(that.token));
  }
}
