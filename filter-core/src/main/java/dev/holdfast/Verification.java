package dev.holdfast;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the issuer says of a presented token. */
public sealed interface Verification {

  /**
   * From this moment on nobody may give this answer again, whatever else is said of how long
   * answers are remembered; null where the issuer was asked for it just now.
   */
  @Nullable Instant until();

  /**
   * The issuer vouches for it, now.
   *
   * @param token its statements
   * @param until see {@link Verification#until}
   */
  record Valid(AccessToken token, @Nullable Instant until) implements Verification {

    /** What the issuer said just now. */
    public Valid(AccessToken token) {
      this(token, null);
    }
  }

  /**
   * The issuer does not vouch for it.
   *
   * @param rule the rule it breaks, lower-case, without values but for the seconds by which a time
   *     is off
   * @param finding how it was found out
   * @param until see {@link Verification#until}
   */
  record Invalid(String rule, Finding finding, @Nullable Instant until) implements Verification {

    /** How it was found out, and with that, what it costs to find out again. */
    public enum Finding {
      /** Checked here. Cheap to repeat, and another key or another moment may change it. */
      CHECKED_HERE,
      /** The issuer was asked about this very token: worth remembering for a short while. */
      ISSUER_ASKED
    }

    /** What was found out just now. */
    public Invalid(String rule, Finding finding) {
      this(rule, finding, null);
    }

    /** A rule that was checked here. */
    public Invalid(String rule) {
      this(rule, Finding.CHECKED_HERE);
    }
  }
}
