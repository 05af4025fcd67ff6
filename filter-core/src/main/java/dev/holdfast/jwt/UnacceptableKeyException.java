package dev.holdfast.jwt;

/** A member of a key set that no token is checked with. The message names the rule it breaks. */
final class UnacceptableKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  UnacceptableKeyException(String rule) {
    super(rule);
  }
}
