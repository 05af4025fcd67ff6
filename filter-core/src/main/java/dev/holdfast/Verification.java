package dev.holdfast;

/** What the issuer says of a presented token. */
public sealed interface Verification {

  /**
   * The issuer vouches for it, now.
   *
   * @param token its statements
   */
  record Valid(AccessToken token) implements Verification {}

  /**
   * The issuer does not vouch for it.
   *
   * @param rule the rule it breaks, lower-case, without values
   */
  record Invalid(String rule) implements Verification {}
}
