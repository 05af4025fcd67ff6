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
   * @param rule the rule it breaks, lower-case, without values but for the seconds by which a time
   *     is off
   * @param finding how it was found out
   */
  record Invalid(String rule, Finding finding) implements Verification {

    /** How it was found out, and with that, what it costs to find out again. */
    public enum Finding {
      /** Checked here. Cheap to repeat, and another key or another moment may change it. */
      CHECKED_HERE,
      /** The issuer was asked about this very token: worth remembering for a short while. */
      ISSUER_ASKED
    }

    /** A rule that was checked here. */
    public Invalid(String rule) {
      this(rule, Finding.CHECKED_HERE);
    }
  }
}
