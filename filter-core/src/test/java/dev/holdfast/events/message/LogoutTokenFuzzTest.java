package dev.holdfast.events.message;

import static dev.holdfast.events.message.Specimens.ISSUER;
import static dev.holdfast.events.message.Specimens.LOGOUT;
import static dev.holdfast.events.message.Specimens.NOW;
import static dev.holdfast.events.message.Specimens.RULES;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the claims: a logout token is read or refused, and logs somebody out. */
class LogoutTokenFuzzTest {
  static byte[][] logouts() {
    String head = "{'jti':'l1','iat':" + NOW + ",'exp':" + (NOW + 9) + ",'events':{'" + LOGOUT;
    return FuzzedMessages.bytes(
        head + "':{}},'sid':'s','sub':'u'}", head + "':{}},'sid':'s','nonce':null}");
  }

  @MethodSource("logouts")
  @FuzzTest
  void anyLogoutIsReadOrRefused(byte[] json) {
    Map<String, Object> claims = FuzzedMessages.parsed(json);
    if (claims != null) {
      try {
        SecurityEvent event = LogoutToken.read(claims, ISSUER, RULES);
        if (event.marks().isEmpty()) {
          throw new AssertionError("a logout of nobody");
        }
        FuzzedMessages.check(event);
      } catch (RejectedEventException refused) {
        FuzzedMessages.requireHarmless(refused);
      }
    }
  }
}
