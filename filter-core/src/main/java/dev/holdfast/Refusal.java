package dev.holdfast;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of refusals: every way in which a request does not reach the application. A
 * mechanism adds those of its own proofs by {@link #ofProof}, as constants.
 *
 * <p>The caller learns the status and the error code and one constant text; which of the causes it
 * was goes to the log, the metrics and the {@link EnforcementListener} (RFC 6750 section 3.1).
 */
public final class Refusal {
  private static final String INVALID = "invalid_token";
  private static final String MALFORMED = "invalid_request";
  private static final String NARROW = "insufficient_scope";
  private static final String WEAK = "insufficient_user_authentication";
  private static final String NOT_VALID = "the access token is not valid for this request";
  private static final String NOT_ONE = "exactly one well-formed credential is needed";
  private static final Pattern NAME = Pattern.compile("[A-Z]+(_[A-Z]+)*");
  private static final Pattern ERROR = Pattern.compile("[a-z]+(_[a-z]+)*");
  private static final Pattern DESCRIPTION = Pattern.compile("[ !#-\\[\\]-~]+");

  /** No {@code Authorization} of a scheme taken here: 401, challenges without an error code. */
  public static final Refusal NO_CREDENTIALS =
      new Refusal("NO_CREDENTIALS", 401, null, null, "no access token was presented");

  /** More than one credential: 400 {@code invalid_request}. */
  public static final Refusal SEVERAL_CREDENTIALS =
      new Refusal(
          "SEVERAL_CREDENTIALS", 400, MALFORMED, NOT_ONE, "more than one credential was presented");

  /** A credential that is not {@code scheme 1*SP token68}, or too long: 400. */
  public static final Refusal MALFORMED_CREDENTIALS =
      new Refusal("MALFORMED_CREDENTIALS", 400, MALFORMED, NOT_ONE, "the credential is malformed");

  /** The issuer, the signature, a time or an audience says no: 401 {@code invalid_token}. */
  public static final Refusal INVALID_TOKEN =
      ofToken("INVALID_TOKEN", "the token is not valid here");

  /** A token without {@code cnf} where a binding is required. */
  public static final Refusal BINDING_REQUIRED =
      ofToken("BINDING_REQUIRED", "the token is bound to no key, and one is required");

  /** A {@code cnf} from which no demand can be read. */
  public static final Refusal UNUSABLE_CONFIRMATION =
      ofToken("UNUSABLE_CONFIRMATION", "the token's confirmation cannot be enforced");

  /** A token under {@code Bearer} whose method has its own scheme, or another one under that. */
  public static final Refusal WRONG_SCHEME =
      ofToken("WRONG_SCHEME", "the token's confirmation does not fit the scheme");

  /** The token is bound by a method that is not taken at this place. */
  public static final Refusal METHOD_NOT_TAKEN =
      ofToken("METHOD_NOT_TAKEN", "the token's binding is of a method not taken here");

  /** The caller proved no key of a kind that the token demands. */
  public static final Refusal BINDING_NOT_PROVEN =
      ofToken("BINDING_NOT_PROVEN", "the caller proved no key of the kind demanded");

  /** The caller proved a key, but another one. */
  public static final Refusal BINDING_MISMATCH =
      ofToken("BINDING_MISMATCH", "the caller proved another key than the one demanded");

  /**
   * The user authenticated too weakly or too long ago for this place: 401 {@code
   * insufficient_user_authentication} (RFC 9470 section 3).
   */
  public static final Refusal INSUFFICIENT_USER_AUTHENTICATION =
      new Refusal(
          "INSUFFICIENT_USER_AUTHENTICATION",
          401,
          WEAK,
          "the user must authenticate again for this request",
          "the user's authentication is too weak or too old");

  /** The token lacks a scope that this place demands: 403 {@code insufficient_scope}. */
  public static final Refusal INSUFFICIENT_SCOPE =
      new Refusal(
          "INSUFFICIENT_SCOPE",
          403,
          NARROW,
          "the access token lacks a scope that this request needs",
          "the token lacks a scope");

  /** Whether a proof was used before cannot be recorded: 503 with {@code Retry-After}. */
  public static final Refusal REPLAY_GUARD_UNAVAILABLE =
      new Refusal(
          "REPLAY_GUARD_UNAVAILABLE",
          503,
          null,
          null,
          "it cannot be recorded that the proof was used");

  /** The issuer cannot be asked: 503 with {@code Retry-After}. */
  public static final Refusal ISSUER_UNAVAILABLE =
      new Refusal("ISSUER_UNAVAILABLE", 503, null, null, "the token's issuer cannot be asked");

  private static final List<Refusal> OWN =
      List.of(
          NO_CREDENTIALS,
          SEVERAL_CREDENTIALS,
          MALFORMED_CREDENTIALS,
          INVALID_TOKEN,
          BINDING_REQUIRED,
          UNUSABLE_CONFIRMATION,
          WRONG_SCHEME,
          METHOD_NOT_TAKEN,
          BINDING_NOT_PROVEN,
          BINDING_MISMATCH,
          INSUFFICIENT_USER_AUTHENTICATION,
          INSUFFICIENT_SCOPE,
          REPLAY_GUARD_UNAVAILABLE,
          ISSUER_UNAVAILABLE);

  /** Codes that say something of a token: a mechanism speaks of its proofs. */
  private static final Set<String> CODES_OF_TOKENS = Set.of(INVALID, MALFORMED, NARROW, WEAK);

  private final String name;
  private final int status;
  private final @Nullable String error;
  private final @Nullable String description;
  private final String text;

  private Refusal(
      String name, int status, @Nullable String error, @Nullable String description, String text) {
    this.name = name;
    this.status = status;
    this.error = error;
    this.description = description;
    this.text = text;
  }

  private static Refusal ofToken(String name, String text) {
    return new Refusal(name, 401, INVALID, NOT_VALID, text);
  }

  /**
   * A refusal of a mechanism's own proofs: always 401. Keep it as a constant, because logs and
   * metrics count by its name.
   *
   * @param name capital letters with underscores, none of those above
   * @param error the code of the challenge, none that speaks of tokens
   * @param description what the caller reads, the same for every cause with this code
   * @param text what happened, for the log, without values
   */
  public static Refusal ofProof(String name, String error, String description, String text) {
    if (!NAME.matcher(name).matches() || OWN.stream().anyMatch(own -> own.name.equals(name))) {
      throw new IllegalArgumentException(
          "a refusal's name is capital letters with underscores, and no other refusal's");
    }
    if (!ERROR.matcher(error).matches() || CODES_OF_TOKENS.contains(error)) {
      throw new IllegalArgumentException(
          "the error code of a proof is lower-case words with underscores, and no code of a token");
    }
    if (!DESCRIPTION.matcher(description).matches()) {
      throw new IllegalArgumentException("a description is text of RFC 6750 section 3");
    }
    return new Refusal(name, 401, error, description, text);
  }

  /** Every refusal of the kernel's own, without those of proofs. */
  public static List<Refusal> own() {
    return OWN;
  }

  /** The name, as this class writes its constants: for logs and metrics. */
  public String name() {
    return name;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The error code of the challenge (RFC 6750 section 3.1), or null when it has none. */
  public @Nullable String error() {
    return error;
  }

  /** What the challenge says beside the error code, or null when it has none. */
  public @Nullable String description() {
    return description;
  }

  /** What happened, for the log. It is the same for every request and names no value. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return name;
  }
}
