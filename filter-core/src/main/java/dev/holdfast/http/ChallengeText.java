package dev.holdfast.http;

import dev.holdfast.Refusal;
import java.util.List;

/** One value of {@code WWW-Authenticate}: its constant texts, whatever the cause. */
final class ChallengeText {
  private ChallengeText() {}

  /** Without an error: what is taken here. */
  static String bearer() {
    return "Bearer";
  }

  /** With the refusal's error, if it has one. */
  static String bearer(Refusal refusal) {
    String error = error(refusal);
    return error.isEmpty() ? bearer() : bearer() + " " + error;
  }

  /**
   * Without an error: what is taken here.
   *
   * @param algorithms of proofs, the preferred first
   */
  static String dpop(List<String> algorithms) {
    return "DPoP algs=\"" + String.join(" ", algorithms) + '"';
  }

  /** With the refusal's error, if it has one. */
  static String dpop(Refusal refusal, List<String> algorithms) {
    String error = error(refusal);
    String algs = "algs=\"" + String.join(" ", algorithms) + '"';
    return "DPoP " + (error.isEmpty() ? algs : error + ", " + algs);
  }

  private static String error(Refusal refusal) {
    String error = refusal.error();
    if (error == null) {
      return "";
    }
    String description =
        switch (error) {
          case "invalid_request" -> "exactly one well-formed credential is needed";
          case "invalid_dpop_proof" -> "the DPoP proof is not valid for this request";
          case "use_dpop_nonce" -> "the DPoP proof needs the nonce given here";
          default -> "the access token is not valid for this request";
        };
    return "error=\"" + error + "\", error_description=\"" + description + '"';
  }
}
