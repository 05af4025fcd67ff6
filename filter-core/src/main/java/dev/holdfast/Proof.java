package dev.holdfast;

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
   */
  record Proven(Binding binding) implements Proof {}

  /**
   * Evidence is there and is wrong; the request is refused, whatever the token demands.
   *
   * @param refusal the catalogue entry to answer with
   * @param rule the rule it breaks, lower-case, without values
   */
  record Rejected(Refusal refusal, String rule) implements Proof {}
}
