package dev.holdfast.events.message;

import static dev.holdfast.events.message.Specimens.ISSUER;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the members: a subject is read or refused, and is of its own issuer alone. */
class SubjectIdentifierFuzzTest {
  static byte[][] subjects() {
    return FuzzedMessages.bytes(
        "{'format':'iss_sub','iss':'" + ISSUER + "','sub':'alice'}",
        "{'format':'aliases','identifiers':[{'format':'account','uri':'acct:a@b'}]}",
        "{'format':'complex','user':{'format':'did','url':'d'},'session':{'format':'opaque','id':'s'}}",
        "{'subject_type':'phone-number','phone_number':'+1'}");
  }

  @MethodSource("subjects")
  @FuzzTest
  void anySubjectIsReadOrRefused(byte[] json) {
    Map<String, Object> subject = FuzzedMessages.parsed(json);
    if (subject != null) {
      try {
        SubjectIdentifier.marks(subject, ISSUER).forEach(FuzzedMessages::check);
      } catch (RejectedEventException refused) {
        FuzzedMessages.requireHarmless(refused);
      }
    }
  }
}
