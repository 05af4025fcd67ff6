package dev.holdfast.tokenbinding;

import dev.holdfast.Refusal;

/**
 * What a request's evidence says about Token Binding: nothing, something that holds, or something
 * wrong.
 */
public sealed interface TokenBindingState
    permits TokenBindingState.None, EstablishedTokenBindings, TokenBindingState.Refused {

  /** Not agreed on, not sent, or not from whom it would count: no token can be bound here. */
  enum None implements TokenBindingState {
    /** The only value. */
    NONE
  }

  /**
   * Something is there and is wrong: every bound token on this request is refused (RFC 8471 section
   * 4.2).
   *
   * @param refusal the catalogue entry to answer with
   * @param rule the rule that is broken, lower-case, without values
   */
  record Refused(Refusal refusal, String rule) implements TokenBindingState {}
}
