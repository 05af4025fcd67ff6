package dev.holdfast.events.message;

import static dev.holdfast.events.message.RejectedEventException.malformed;

import dev.holdfast.events.TokenMark;
import dev.holdfast.events.TokenMark.Kind;
import dev.holdfast.events.message.RejectedEventException.Reason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom an event is about (RFC 9493; Shared Signals Framework 1.0 section 3), as the marks that his
 * tokens have. A transmitter speaks for subjects of its own issuer alone.
 *
 * <p>A complex subject means tokens that all its members fit. A member that cannot be compared with
 * a token never narrows that: a device, a tenant, a group, an organisational unit, and an
 * application beside somebody. A session narrows the tokens that name one. What cannot be compared
 * at all, such as a telephone number where tokens have none, leaves nothing to revoke.
 */
final class SubjectIdentifier {
  private static final String COMPLEX = "complex";
  private static final List<String> COMPLEX_MEMBERS =
      List.of("user", "session", "application", "device", "tenant", "org_unit", "group");
  private static final String ACCOUNT = "acct:";

  /** What an opaque identifier names, by the place where it stands. */
  private enum Role {
    ANYTHING,
    USER,
    SESSION,
    APPLICATION;

    private List<Kind> opaque() {
      return switch (this) {
        case ANYTHING -> List.of(Kind.SUBJECT, Kind.SESSION);
        case USER -> List.of(Kind.SUBJECT);
        case SESSION -> List.of(Kind.SESSION);
        case APPLICATION -> List.of(Kind.CLIENT);
      };
    }
  }

  private final String issuer;
  private final Set<TokenMark> marks = new LinkedHashSet<>();

  private SubjectIdentifier(String issuer) {
    this.issuer = issuer;
  }

  /**
   * Reads a subject.
   *
   * @param value as a strict JSON parser gives it
   * @param issuer the transmitter's
   * @return the marks, each of which suffices; empty when no token can be told by it
   * @throws RejectedEventException for a malformed subject, and one of another issuer
   */
  static Set<TokenMark> marks(@Nullable Object value, String issuer) throws RejectedEventException {
    Map<String, Object> subject = Members.object(value, "the subject");
    String format = format(subject);
    return format.equals(COMPLEX)
        ? complex(subject, issuer)
        : simple(subject, format, Role.ANYTHING, issuer);
  }

  /** {@code subject_type} is what drafts had; a complex subject has neither there. */
  private static String format(Map<String, Object> subject) throws RejectedEventException {
    String older = Members.textIfThere(subject, "subject_type");
    if (subject.get("format") == null && older != null) {
      return older.toLowerCase(Locale.ROOT).replace('-', '_');
    }
    return subject.get("format") == null && COMPLEX_MEMBERS.stream().anyMatch(subject::containsKey)
        ? COMPLEX
        : Members.text(subject, "format");
  }

  private static Set<TokenMark> simple(
      Map<String, Object> subject, String format, Role role, String issuer)
      throws RejectedEventException {
    SubjectIdentifier read = new SubjectIdentifier(issuer);
    read.add(subject, format, role);
    return read.marks;
  }

  private void add(Map<String, Object> subject, String format, Role role)
      throws RejectedEventException {
    switch (format) {
      case "iss_sub" -> {
        requireOwn(Members.text(subject, "iss"));
        mark(Kind.SUBJECT, Members.text(subject, "sub"));
      }
      case "jwt_id" -> {
        requireOwn(Members.text(subject, "iss"));
        mark(Kind.JWT_ID, Members.text(subject, "jti"));
      }
      case "opaque" -> {
        String id = Members.text(subject, "id");
        role.opaque().forEach(kind -> mark(kind, id));
      }
      case "email" -> mark(Kind.EMAIL, Members.text(subject, "email"));
      case "phone_number" -> mark(Kind.PHONE_NUMBER, Members.text(subject, "phone_number"));
      case "account" -> addAccount(Members.text(subject, "uri"));
      case "uri" -> mark(Kind.SUBJECT, Members.text(subject, "uri"));
      case "did" -> mark(Kind.SUBJECT, Members.text(subject, "url"));
      case "aliases" -> addAliases(subject.get("identifiers"), role);
      default -> {} // RFC 9493 lets others be registered; no token can be told by one here
    }
  }

  private void addAccount(String uri) throws RejectedEventException {
    if (!uri.toLowerCase(Locale.ROOT).startsWith(ACCOUNT) || uri.indexOf('@') < 0) {
      throw malformed("uri of an account is no acct URI");
    }
    mark(Kind.SUBJECT, uri);
    mark(Kind.EMAIL, uri.substring(ACCOUNT.length()));
  }

  private void addAliases(@Nullable Object value, Role role) throws RejectedEventException {
    if (!(value instanceof List<?> identifiers) || identifiers.isEmpty()) {
      throw malformed("identifiers is not a list of subjects");
    }
    for (Object one : identifiers) {
      Map<String, Object> alias = Members.object(one, "an alias");
      String format = format(alias);
      if (format.equals("aliases") || format.equals(COMPLEX)) {
        throw malformed("an alias is not a simple subject");
      }
      add(alias, format, role);
    }
  }

  private void requireOwn(String named) throws RejectedEventException {
    if (!named.equals(issuer)) {
      throw new RejectedEventException(
          Reason.ACCESS_DENIED, "the subject is of another issuer than the transmitter");
    }
  }

  private void mark(Kind kind, String value) {
    marks.add(new TokenMark(issuer, kind, value));
  }

  private static Set<TokenMark> complex(Map<String, Object> subject, String issuer)
      throws RejectedEventException {
    if (COMPLEX_MEMBERS.stream().noneMatch(subject::containsKey)) {
      throw malformed("a complex subject has no member");
    }
    Set<TokenMark> user = member(subject, "user", Role.USER, issuer);
    Set<TokenMark> session = member(subject, "session", Role.SESSION, issuer);
    Set<TokenMark> application = member(subject, "application", Role.APPLICATION, issuer);
    for (String other : List.of("device", "tenant", "org_unit", "group")) {
      member(subject, other, Role.ANYTHING, issuer); // well-formed, and never compared
    }
    if (user.isEmpty()) {
      return session.isEmpty() ? application : session;
    }
    return session.isEmpty() ? user : inSession(user, session);
  }

  private static Set<TokenMark> member(
      Map<String, Object> subject, String name, Role role, String issuer)
      throws RejectedEventException {
    if (subject.get(name) == null) {
      return Set.of();
    }
    Map<String, Object> member = Members.object(subject.get(name), name);
    String format = format(member);
    if (format.equals(COMPLEX)) {
      throw malformed("a member of a complex subject is not a simple one");
    }
    return simple(member, format, role, issuer);
  }

  /** The session's tokens, and of the user's those that name no session. */
  static Set<TokenMark> inSession(Set<TokenMark> user, Set<TokenMark> session) {
    Set<TokenMark> all = new LinkedHashSet<>(session);
    boolean narrows = session.stream().allMatch(mark -> mark.kind() == Kind.SESSION);
    for (TokenMark mark : user) {
      all.add(
          narrows && mark.kind() == Kind.SUBJECT
              ? new TokenMark(mark.issuer(), Kind.SUBJECT_WITHOUT_SESSION, mark.value())
              : mark);
    }
    return all;
  }
}
