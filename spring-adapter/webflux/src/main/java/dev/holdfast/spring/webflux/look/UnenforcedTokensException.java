package dev.holdfast.spring.webflux.look;

/** Something takes tokens that Holdfast does not confirm; the application must not start. */
public final class UnenforcedTokensException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String found;
  private final String action;

  /**
   * With what was found, and what to do.
   *
   * @param found a sentence without its full stop
   * @param action likewise
   */
  public UnenforcedTokensException(String found, String action) {
    super(found + ". " + action);
    this.found = found;
    this.action = action;
  }

  /** What was found, a sentence without its full stop. */
  public String problem() {
    return found;
  }

  /** What to do, likewise. */
  public String action() {
    return action;
  }

  /**
   * Of a filter that may take tokens where nobody confirms them.
   *
   * @param where what has the filter
   * @param what the filter
   * @param action what to do about it beside vouching for it
   */
  public static UnenforcedTokensException of(String where, String what, String action) {
    return new UnenforcedTokensException(
        where
            + " has "
            + what
            + ", which takes access tokens or may do so, and Holdfast does not confirm them there",
        action
            + ". If your converter, repository or filter takes no access tokens, write"
            + " @TakesNoAccessTokens on its class. If its tokens are not Holdfast's business, define a"
            + " bean of the type ChainsOfOthers with the name of the bean that has it");
  }
}
