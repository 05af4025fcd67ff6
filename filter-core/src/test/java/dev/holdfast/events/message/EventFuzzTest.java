package dev.holdfast.events.message;

import static dev.holdfast.events.message.Specimens.CAEP;
import static dev.holdfast.events.message.Specimens.ISSUER;
import static dev.holdfast.events.message.Specimens.LOGOUT;
import static dev.holdfast.events.message.Specimens.NOW;
import static dev.holdfast.events.message.Specimens.RULES;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.events.TokenMark;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the claims: a message is read or refused, and speaks for its own issuer alone. */
class EventFuzzTest {
  private static byte[][] bytes(String... texts) {
    return Stream.of(texts)
        .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  static byte[][] events() {
    String head = "{'jti':'e1','iat':" + NOW + ",'events':{'" + CAEP + "session-revoked':";
    return bytes(
        head + "{'event_timestamp':1772366400000}},'sub_id':{'format':'opaque','id':'x'}}",
        head + "{'subject':{'user':{'format':'email','email':'a@b'},'session':{}}}},'toe':1.5}",
        head + "{}},'sub':'alice','exp':1e300,'txn':'t'}");
  }

  static byte[][] logouts() {
    String head = "{'jti':'l1','iat':" + NOW + ",'exp':" + (NOW + 9) + ",'events':{'" + LOGOUT;
    return bytes(head + "':{}},'sid':'s','sub':'u'}", head + "':{}},'sid':'s','nonce':null}");
  }

  static byte[][] subjects() {
    return bytes(
        "{'format':'iss_sub','iss':'" + ISSUER + "','sub':'alice'}",
        "{'format':'aliases','identifiers':[{'format':'account','uri':'acct:a@b'}]}",
        "{'format':'complex','user':{'format':'did','url':'d'},'session':{'format':'opaque','id':'s'}}",
        "{'subject_type':'phone-number','phone_number':'+1'}");
  }

  @MethodSource("events")
  @FuzzTest
  void anyEventIsReadOrRefused(byte[] json) {
    Map<String, Object> claims = parsed(json);
    if (claims != null) {
      try {
        check(SecurityEventToken.read(claims, ISSUER, RULES));
      } catch (RejectedEventException refused) {
        requireHarmless(refused);
      }
    }
  }

  @MethodSource("logouts")
  @FuzzTest
  void anyLogoutIsReadOrRefused(byte[] json) {
    Map<String, Object> claims = parsed(json);
    if (claims != null) {
      try {
        SecurityEvent event = LogoutToken.read(claims, ISSUER, RULES);
        if (event.marks().isEmpty()) {
          throw new AssertionError("a logout of nobody");
        }
        check(event);
      } catch (RejectedEventException refused) {
        requireHarmless(refused);
      }
    }
  }

  @MethodSource("subjects")
  @FuzzTest
  void anySubjectIsReadOrRefused(byte[] json) {
    Map<String, Object> subject = parsed(json);
    if (subject != null) {
      try {
        SubjectIdentifier.marks(subject, ISSUER).forEach(EventFuzzTest::check);
      } catch (RejectedEventException refused) {
        requireHarmless(refused);
      }
    }
  }

  private static Map<String, Object> parsed(byte[] json) {
    try {
      return StrictJson.parseObject(json);
    } catch (MalformedJsonException malformed) {
      return null;
    }
  }

  private static void check(SecurityEvent event) {
    event.marks().forEach(EventFuzzTest::check);
    if (event.upTo().isAfter(RULES.clock().instant().plus(RULES.clockSkew()))) {
      throw new AssertionError("an event of the future");
    }
    if (!event.marks().isEmpty() && !event.isDemand()) {
      throw new AssertionError("marks without a demand");
    }
  }

  private static void check(TokenMark mark) {
    if (!mark.issuer().equals(ISSUER) || mark.value().isBlank() || mark.value().length() > 255) {
      throw new AssertionError(mark.toString());
    }
  }

  /** It goes into JSON as it is. */
  private static void requireHarmless(RejectedEventException refused) {
    if (!refused.rule().matches("[ -!#-\\[\\]-~]+")) {
      throw new AssertionError(refused.rule());
    }
  }
}
