package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.util.Map;

class ConfirmationFuzzTest {

  /** With a cnf a token is never unbound, and each demand is a member in its own spelling. */
  @FuzzTest
  void aCnfIsADemandOrUnusable(byte[] json) {
    Map<String, Object> claims;
    try {
      claims = StrictJson.parseObject(json);
    } catch (MalformedJsonException noClaims) {
      return;
    }
    Confirmation confirmation = Confirmation.of(claims);
    assertThat(confirmation instanceof Confirmation.Unbound).isEqualTo(!claims.containsKey("cnf"));
    if (confirmation instanceof Confirmation.Bound bound) {
      Map<?, ?> members = (Map<?, ?>) claims.get("cnf");
      assertThat(bound.demanded()).isNotEmpty();
      for (Binding binding : bound.demanded()) {
        assertThat(members.get(binding.method().member()))
            .isEqualTo(binding.digest().toBase64Url());
      }
    }
  }
}
