package dev.holdfast.introspection;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.http.HttpAnswer;

class IntrospectionResponseFuzzTest {

  @FuzzTest
  void anyBodyIsAResponseOrAnOutage(byte[] body) {
    IntrospectionResponse response;
    try {
      response = IntrospectionResponse.of(new HttpAnswer(200, "application/json", body));
    } catch (IssuerUnavailableException outage) {
      return;
    }
    if (!Boolean.valueOf(response.active()).equals(response.claims().get("active"))) {
      throw new AssertionError("active is not what the response says");
    }
  }
}
