package dev.holdfast;

import org.jspecify.annotations.Nullable;

/**
 * The catalogue of refusals: every way in which a request does not reach the application.
 *
 * <p>The caller learns the status and the error code and one constant text; which of the causes it
 * was goes to the log, the metrics and the {@link EnforcementListener} (RFC 6750 section 3.1).
 */
public enum Refusal {
  /** No {@code Authorization} of a scheme taken here: 401, challenges without an error code. */
  NO_CREDENTIALS(401, null, "no access token was presented"),
  /** More than one credential: 400 {@code invalid_request}. */
  SEVERAL_CREDENTIALS(400, "invalid_request", "more than one credential was presented"),
  /** A credential that is not {@code scheme 1*SP token68}, or too long: 400. */
  MALFORMED_CREDENTIALS(400, "invalid_request", "the credential is malformed"),
  /** The issuer, the signature, a time or an audience says no: 401 {@code invalid_token}. */
  INVALID_TOKEN(401, "invalid_token", "the token is not valid here"),
  /** A token without {@code cnf} where a binding is required. */
  BINDING_REQUIRED(401, "invalid_token", "the token is bound to no key, and one is required"),
  /** A {@code cnf} from which no demand can be read. */
  UNUSABLE_CONFIRMATION(401, "invalid_token", "the token's confirmation cannot be enforced"),
  /** A DPoP-bound token under {@code Bearer}, or another one under {@code DPoP}. */
  WRONG_SCHEME(401, "invalid_token", "the token's confirmation does not fit the scheme"),
  /** The token is bound by a method that is not taken at this place. */
  METHOD_NOT_TAKEN(401, "invalid_token", "the token's binding is of a method not taken here"),
  /** The caller proved no key of a kind that the token demands. */
  BINDING_NOT_PROVEN(401, "invalid_token", "the caller proved no key of the kind demanded"),
  /** The caller proved a key, but another one. */
  BINDING_MISMATCH(401, "invalid_token", "the caller proved another key than the one demanded"),
  /** A DPoP proof that is missing under its scheme, or breaks a rule (RFC 9449 section 7.1). */
  INVALID_DPOP_PROOF(401, "invalid_dpop_proof", "the DPoP proof is not valid for this request"),
  /** A DPoP proof that was used before (RFC 9449 section 11.1). */
  DPOP_PROOF_SPENT(401, "invalid_dpop_proof", "the DPoP proof was used before"),
  /** A DPoP proof without a nonce of ours that is still good (RFC 9449 section 9). */
  DPOP_NONCE_NEEDED(401, "use_dpop_nonce", "the DPoP proof needs a current nonce"),
  /** Whether a proof was used before cannot be recorded: 503 with {@code Retry-After}. */
  REPLAY_GUARD_UNAVAILABLE(503, null, "it cannot be recorded that the proof was used"),
  /** The issuer cannot be asked: 503 with {@code Retry-After}. */
  ISSUER_UNAVAILABLE(503, null, "the token's issuer cannot be asked");

  private final int status;
  private final @Nullable String error;
  private final String text;

  Refusal(int status, @Nullable String error, String text) {
    this.status = status;
    this.error = error;
    this.text = text;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The error code of the challenge (RFC 6750 section 3.1), or null when it has none. */
  public @Nullable String error() {
    return error;
  }

  /** What happened, for the log. It is the same for every request and names no value. */
  public String text() {
    return text;
  }
}
