package dev.holdfast;

/**
 * What a request presents as its credential: exactly one {@link PresentedToken}, or the reason why
 * there is none to look at.
 */
public sealed interface Presentation permits PresentedToken, Presentation.None {

  /**
   * No token to look at.
   *
   * @param refusal {@link Refusal#NO_CREDENTIALS}, {@link Refusal#SEVERAL_CREDENTIALS} or {@link
   *     Refusal#MALFORMED_CREDENTIALS}
   */
  record None(Refusal refusal) implements Presentation {
    static final None ABSENT = new None(Refusal.NO_CREDENTIALS);
    static final None SEVERAL = new None(Refusal.SEVERAL_CREDENTIALS);
    static final None MALFORMED = new None(Refusal.MALFORMED_CREDENTIALS);
  }
}
