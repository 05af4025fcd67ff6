package dev.holdfast.events.message;

import static dev.holdfast.events.message.Specimens.CAEP;
import static dev.holdfast.events.message.Specimens.ISSUER;
import static dev.holdfast.events.message.Specimens.NOW;
import static dev.holdfast.events.message.Specimens.RULES;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the claims: an event is read or refused, and speaks for its own issuer alone. */
class EventFuzzTest {
  static byte[][] events() {
    String head = "{'jti':'e1','iat':" + NOW + ",'events':{'" + CAEP + "session-revoked':";
    return FuzzedMessages.bytes(
        head + "{'event_timestamp':1772366400000}},'sub_id':{'format':'opaque','id':'x'}}",
        head + "{'subject':{'user':{'format':'email','email':'a@b'},'session':{}}}},'toe':1.5}",
        head + "{}},'sub':'alice','exp':1e300,'txn':'t'}");
  }

  @MethodSource("events")
  @FuzzTest
  void anyEventIsReadOrRefused(byte[] json) {
    Map<String, Object> claims = FuzzedMessages.parsed(json);
    if (claims != null) {
      try {
        FuzzedMessages.check(SecurityEventToken.read(claims, ISSUER, RULES));
      } catch (RejectedEventException refused) {
        FuzzedMessages.requireHarmless(refused);
      }
    }
  }
}
