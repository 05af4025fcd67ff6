package dev.holdfast.spring.webflux.look;

/** Something takes tokens that Holdfast does not confirm; the application must not start. */
public final class UnenforcedTokensException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With what was found, and what to do.
   *
   * @param found a sentence without its full stop
   * @param action likewise
   */
  public UnenforcedTokensException(String found, String action) {
    super(found + ". " + action);
  }
}
