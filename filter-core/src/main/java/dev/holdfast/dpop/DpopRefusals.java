package dev.holdfast.dpop;

import dev.holdfast.Refusal;

/** What is refused for a DPoP proof; the error codes are those of RFC 9449. */
public final class DpopRefusals {
  private static final String INVALID = "invalid_dpop_proof";
  private static final String NOT_VALID = "the DPoP proof is not valid for this request";

  /** A DPoP proof that is missing under its scheme, or breaks a rule (RFC 9449 section 7.1). */
  public static final Refusal INVALID_DPOP_PROOF =
      Refusal.ofProof("INVALID_DPOP_PROOF", INVALID, NOT_VALID, NOT_VALID);

  /** A DPoP proof that was used before (RFC 9449 section 11.1). */
  public static final Refusal DPOP_PROOF_SPENT =
      Refusal.ofProof("DPOP_PROOF_SPENT", INVALID, NOT_VALID, "the DPoP proof was used before");

  /** A DPoP proof without a nonce of ours that is still good (RFC 9449 section 9). */
  public static final Refusal DPOP_NONCE_NEEDED =
      Refusal.ofProof(
          "DPOP_NONCE_NEEDED",
          "use_dpop_nonce",
          "the DPoP proof needs the nonce given here",
          "the DPoP proof needs a current nonce");

  private DpopRefusals() {}
}
