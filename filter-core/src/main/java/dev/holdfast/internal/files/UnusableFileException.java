package dev.holdfast.internal.files;

/** A file that is not what it has to be. The message names the rule and quotes nothing of it. */
public final class UnusableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The broken rule, lower-case, without values. */
  public UnusableFileException(String rule) {
    super(rule);
  }
}
