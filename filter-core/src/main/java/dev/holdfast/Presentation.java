package dev.holdfast;

import java.util.List;

/**
 * What a request presents as its credential: exactly one {@link PresentedToken}, or the reason why
 * there is none to look at.
 */
public sealed interface Presentation permits PresentedToken, Presentation.None {

  /**
   * No token to look at.
   *
   * @param refusal {@link Refusal#NO_CREDENTIALS}, {@link Refusal#SEVERAL_CREDENTIALS} or {@link
   *     Refusal#MALFORMED_CREDENTIALS}
   */
  record None(Refusal refusal) implements Presentation {
    private static final None ABSENT = new None(Refusal.NO_CREDENTIALS);
    private static final None SEVERAL = new None(Refusal.SEVERAL_CREDENTIALS);
    private static final None MALFORMED = new None(Refusal.MALFORMED_CREDENTIALS);
  }

  /**
   * Finds the credential in the {@code Authorization} field: one field, scheme {@code Bearer} or
   * the own one of a method in any case, one or more spaces, one token68 of at most {@value
   * PresentedToken#MAX_LENGTH} characters (RFC 9110 section 11.4, RFC 6750 section 2.1, RFC 9449
   * section 7.1).
   *
   * <p>A token in the query or in a form is never read; one in the query beside the header makes
   * two credentials (RFC 6750 section 3.1). Another scheme, such as {@code Basic}, is none of ours.
   */
  static Presentation in(RequestEvidence evidence) {
    List<String> fields = evidence.headers("Authorization");
    if (fields.isEmpty()) {
      return None.ABSENT;
    }
    if (fields.size() > 1) {
      return None.SEVERAL;
    }
    String field = fields.get(0);
    PresentedToken.Scheme scheme = RegisteredMethods.ofThisProcess().startOf(field);
    if (scheme == null) {
      return None.ABSENT;
    }
    int start = scheme.length();
    while (start < field.length() && field.charAt(start) == ' ') {
      start++;
    }
    if (start == field.length()) {
      return None.ABSENT;
    }
    PresentedToken token =
        start == scheme.length() ? null : PresentedToken.in(field, start, scheme);
    if (token == null) {
      return None.MALFORMED;
    }
    return QueryParameters.contain(evidence.query(), "access_token") ? None.SEVERAL : token;
  }
}
