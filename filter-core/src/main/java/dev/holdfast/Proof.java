package dev.holdfast;

import org.jspecify.annotations.Nullable;

/** What one mechanism makes of a request's evidence. */
public sealed interface Proof {

  /** The evidence of this mechanism is not there. */
  enum Absent implements Proof {
    /** The only value. */
    ABSENT
  }

  /**
   * The caller proved this key, on this connection or for this request.
   *
   * @param binding the key
   * @param spending what is left to do when everything else holds, for a proof that counts once;
   *     null for one that counts as often as it is shown
   */
  record Proven(Binding binding, @Nullable Spending spending) implements Proof {
    /** A proof that counts as often as it is shown. */
    public Proven(Binding binding) {
      this(binding, null);
    }
  }

  /**
   * Evidence is there and is wrong; the request is refused, whatever the token demands.
   *
   * @param refusal the catalogue entry to answer with
   * @param rule the rule it breaks, lower-case, without values
   */
  record Rejected(Refusal refusal, String rule) implements Proof {
    /** The rule of a proof for another target; the log then says which one was expected. */
    public static final String OTHER_TARGET = "htu is not the request's target URI";

    /** The rule where nobody says, legibly, what the client asked for; the log then says why. */
    public static final String UNKNOWN_TARGET = "the request's own target URI is not known";
  }
}
