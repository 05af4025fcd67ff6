package dev.holdfast.configuration;

/**
 * A setting that cannot be safe or cannot be read. The start stops with it: the text says which
 * setting, what is wrong and what to do.
 */
public final class InvalidSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String setting;
  private final String action;

  /**
   * Describes the problem.
   *
   * @param setting the name as users write it, for example {@code
   *     holdfast.tokens.issuers[0].issuer}
   * @param problem what is wrong, a sentence without its full stop
   * @param action what to do, a sentence without its full stop
   */
  public InvalidSettingException(String setting, String problem, String action) {
    super(setting + ": " + problem + ". " + action + ".");
    this.setting = setting;
    this.action = action;
  }

  /** Of what only a later version has. */
  public static InvalidSettingException notYet(String setting) {
    return new InvalidSettingException(
        setting,
        "this version of Holdfast does not have it yet, and ignoring it would not be safe",
        "Remove the setting, or use a version that has it");
  }

  /** The setting's name. */
  public String setting() {
    return setting;
  }

  /** What to do. */
  public String action() {
    return action;
  }
}
