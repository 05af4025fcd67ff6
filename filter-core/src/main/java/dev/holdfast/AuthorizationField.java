package dev.holdfast;

import java.util.List;

/** Finds the one credential of a request. */
public final class AuthorizationField {
  private AuthorizationField() {}

  /**
   * Finds the credential in the {@code Authorization} field: one field, scheme {@code Bearer} or
   * the own one of a method in any case, one or more spaces, one token68 of at most {@value
   * PresentedToken#MAX_LENGTH} characters (RFC 9110 section 11.4, RFC 6750 section 2.1, RFC 9449
   * section 7.1).
   *
   * <p>A token in the query or in a form is never read; one in the query beside the header makes
   * two credentials (RFC 6750 section 3.1). Another scheme, such as {@code Basic}, is not looked
   * at.
   */
  public static Presentation in(RequestEvidence evidence) {
    List<String> fields = evidence.headers("Authorization");
    if (fields.isEmpty()) {
      return Presentation.None.ABSENT;
    }
    if (fields.size() > 1) {
      return Presentation.None.SEVERAL;
    }
    String field = fields.get(0);
    PresentedToken.Scheme scheme = RegisteredMethods.ofThisProcess().startOf(field);
    if (scheme == null) {
      return Presentation.None.ABSENT;
    }
    int start = scheme.length();
    while (start < field.length() && field.charAt(start) == ' ') {
      start++;
    }
    if (start == field.length()) {
      return Presentation.None.ABSENT;
    }
    PresentedToken token =
        start == scheme.length() ? null : PresentedToken.in(field, start, scheme);
    if (token == null) {
      return Presentation.None.MALFORMED;
    }
    return QueryParameters.contain(evidence.query(), "access_token")
        ? Presentation.None.SEVERAL
        : token;
  }
}
