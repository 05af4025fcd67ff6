package dev.holdfast.events.message;

import static dev.holdfast.events.message.Specimens.ISSUER;
import static dev.holdfast.events.message.Specimens.issSub;
import static dev.holdfast.events.message.Specimens.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.events.message.RejectedEventException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom an event is about, form by form (RFC 9493 section 3). */
class SubjectIdentifierTest {
  private static final Map<String, Object> OPAQUE = object("format", "opaque", "id", "x1");

  private static Set<String> marks(@Nullable Object subject) throws RejectedEventException {
    return SubjectIdentifier.marks(subject, ISSUER).stream()
        .peek(mark -> assertThat(mark.issuer()).isEqualTo(ISSUER))
        .map(mark -> mark.kind() + " " + mark.value())
        .collect(Collectors.toSet());
  }

  private static Map<String, Object> complex(@Nullable Object... members) {
    Map<String, Object> subject = object("format", "complex");
    subject.putAll(object(members));
    return subject;
  }

  /** Each form, the marks that it means, and the member without which it is malformed. */
  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of(issSub(ISSUER, "alice"), Set.of("SUBJECT alice"), "sub"),
        Arguments.of(issSub(ISSUER, "alice"), Set.of("SUBJECT alice"), "iss"),
        Arguments.of(OPAQUE, Set.of("SUBJECT x1", "SESSION x1"), "id"),
        Arguments.of(
            object("format", "email", "email", "Alice@Example.com"),
            Set.of("EMAIL alice@example.com"),
            "email"),
        Arguments.of(
            object("format", "phone_number", "phone_number", "+12065550100"),
            Set.of("PHONE_NUMBER +12065550100"),
            "phone_number"),
        Arguments.of(
            object("format", "account", "uri", "acct:alice@example.com"),
            Set.of("SUBJECT acct:alice@example.com", "EMAIL alice@example.com"),
            "uri"),
        Arguments.of(object("format", "uri", "uri", "urn:u:1"), Set.of("SUBJECT urn:u:1"), "uri"),
        Arguments.of(
            object("format", "did", "url", "did:example:1"),
            Set.of("SUBJECT did:example:1"),
            "url"),
        Arguments.of(
            object("format", "jwt_id", "iss", ISSUER, "jti", "t1"), Set.of("JWT_ID t1"), "jti"),
        Arguments.of(
            object(
                "format",
                "aliases",
                "identifiers",
                List.of(issSub(ISSUER, "alice"), object("format", "email", "email", "a@b.c"))),
            Set.of("SUBJECT alice", "EMAIL a@b.c"),
            "identifiers"),
        Arguments.of(
            object("subject_type", "iss-sub", "iss", ISSUER, "sub", "alice"), // of a draft
            Set.of("SUBJECT alice"),
            "subject_type"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void eachFormMeansItsMarks(Map<String, Object> form, Set<String> marks, String needed)
      throws RejectedEventException {
    assertThat(marks(form)).isEqualTo(marks);
    for (Object wrong : new Object[] {1L, "", " ", List.of(), true}) {
      Map<String, Object> broken = Specimens.mutated(form, map -> map.put(needed, wrong));
      assertThatExceptionOfType(RejectedEventException.class)
          .as(needed + " is " + wrong)
          .isThrownBy(() -> marks(broken));
    }
    assertThatExceptionOfType(RejectedEventException.class)
        .isThrownBy(() -> marks(Specimens.mutated(form, map -> map.remove(needed))))
        .matches(refused -> refused.reason() == Reason.INVALID_REQUEST);
  }

  /** A member that is not the format's own could only narrow whom it means. */
  @ParameterizedTest
  @MethodSource("forms")
  void anUnknownMemberChangesNothing(Map<String, Object> form, Set<String> marks, String needed)
      throws RejectedEventException {
    assertThat(marks(Specimens.mutated(form, map -> map.put("region", "eu")))).isEqualTo(marks);
  }

  static Stream<Map<String, Object>> withoutAToken() {
    return Stream.of(
        object("format", "saml_assertion_id", "issuer", "i", "assertion_id", "a"),
        object("format", "of_tomorrow", "x", "y"),
        complex("device", object("format", "opaque", "id", "d1")),
        complex("tenant", OPAQUE),
        complex("group", OPAQUE, "org_unit", OPAQUE));
  }

  @ParameterizedTest
  @MethodSource("withoutAToken")
  void whatNoTokenCanBeToldByMeansNone(Map<String, Object> subject) throws RejectedEventException {
    assertThat(marks(subject)).isEmpty();
  }

  @Test
  void aTransmitterSpeaksForItsOwnSubjectsAlone() {
    for (Map<String, Object> foreign :
        List.of(
            issSub("https://other.example", "alice"),
            issSub(ISSUER + "/", "alice"),
            object("format", "jwt_id", "iss", "https://other.example", "jti", "t1"),
            complex("user", issSub("https://other.example", "alice"), "session", OPAQUE),
            object(
                "format",
                "aliases",
                "identifiers",
                List.of(issSub(ISSUER, "alice"), issSub("https://other.example", "bob"))))) {
      assertThatExceptionOfType(RejectedEventException.class)
          .isThrownBy(() -> marks(foreign))
          .matches(refused -> refused.reason() == Reason.ACCESS_DENIED);
    }
  }

  static Stream<Arguments> complexOnes() {
    Map<String, Object> user = issSub(ISSUER, "alice");
    Map<String, Object> session = object("format", "opaque", "id", "s1");
    Map<String, Object> other = object("format", "opaque", "id", "d1");
    return Stream.of(
        Arguments.of(complex("user", user), Set.of("SUBJECT alice")),
        Arguments.of(complex("user", OPAQUE), Set.of("SUBJECT x1")),
        Arguments.of(complex("session", session), Set.of("SESSION s1")),
        Arguments.of(complex("application", other), Set.of("CLIENT d1")),
        Arguments.of(
            complex("user", user, "session", session),
            Set.of("SUBJECT_WITHOUT_SESSION alice", "SESSION s1")),
        Arguments.of(
            complex("user", user, "device", other, "tenant", other, "group", other),
            Set.of("SUBJECT alice")),
        Arguments.of(complex("user", user, "application", other), Set.of("SUBJECT alice")),
        Arguments.of(
            complex("session", session, "application", other, "org_unit", other),
            Set.of("SESSION s1")),
        Arguments.of(
            complex("user", object("format", "of_tomorrow"), "session", session),
            Set.of("SESSION s1")),
        Arguments.of(
            complex(
                "user", user, "session", object("format", "jwt_id", "iss", ISSUER, "jti", "t1")),
            Set.of("SUBJECT alice", "JWT_ID t1")),
        Arguments.of(complex("user", user, "region", "eu"), Set.of("SUBJECT alice")),
        Arguments.of(object("user", user), Set.of("SUBJECT alice")));
  }

  @ParameterizedTest
  @MethodSource("complexOnes")
  void whatCannotBeComparedNeverNarrowsAComplexSubject(
      Map<String, Object> subject, Set<String> marks) throws RejectedEventException {
    assertThat(marks(subject)).isEqualTo(marks);
  }

  static Stream<Object> malformed() {
    List<Object> all = new ArrayList<>();
    all.add("alice");
    all.add(List.of());
    all.add(object());
    all.add(object("format", null));
    all.add(object("format", 1L));
    all.add(object("format", "account", "uri", "mailto:alice@example.com"));
    all.add(object("format", "account", "uri", "acct:alice"));
    all.add(object("format", "aliases", "identifiers", List.of()));
    all.add(object("format", "aliases", "identifiers", List.of("alice")));
    all.add(
        object(
            "format",
            "aliases",
            "identifiers",
            List.of(object("format", "aliases", "identifiers", List.of(OPAQUE)))));
    all.add(object("format", "aliases", "identifiers", List.of(complex("user", OPAQUE))));
    all.add(complex());
    all.add(complex("user", "alice"));
    all.add(complex("user", complex("user", OPAQUE)));
    all.add(complex("user", OPAQUE, "device", "d1"));
    all.add(complex("user", OPAQUE, "tenant", object("format", "opaque")));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedSubjectIsRefused(Object subject) {
    assertThatExceptionOfType(RejectedEventException.class)
        .isThrownBy(() -> marks(subject))
        .matches(refused -> refused.reason() == Reason.INVALID_REQUEST);
  }

  @Test
  void aMissingSubjectIsRefused() {
    assertThatExceptionOfType(RejectedEventException.class).isThrownBy(() -> marks(null));
  }
}
