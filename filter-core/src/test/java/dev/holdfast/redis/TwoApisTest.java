package dev.holdfast.redis;

import static dev.holdfast.redis.GuardFixture.within60Seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.servlet.SharedStoreApis;
import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.contract.Api;
import dev.holdfast.testing.contract.ContractFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two API instances that share a Redis, and the gateway in front of them, over real TLS. */
@Tag("whole")
class TwoApisTest {

  private static HttpResponse<String> call(Api api, String token, String proof) {
    return api.anonymous().send("GET", "/me", "Authorization", "DPoP " + token, "DPoP", proof);
  }

  @Test
  void eachRefusesWhatTheOtherHasSpent_andBothWithoutTheStore_T51() throws InterruptedException {
    try (LocalRedis redis = LocalRedis.started();
        ContractFixture fixture = SharedStoreApis.fixture()) {
      Api one = SharedStoreApis.api(fixture, "redis://127.0.0.1:" + redis.port(), "1");
      Api other = SharedStoreApis.api(fixture, "redis://127.0.0.1:" + redis.port(), "2");
      Api gateway = SharedStoreApis.api(fixture, "redis://127.0.0.1:" + redis.port(), "3", "edge");
      DpopKey key = DpopKey.create();
      String token = fixture.issuer().jwt(fixture.dpopClaims(key));
      String target = SharedStoreApis.TARGET + "/me";
      // a store that has just started may have forgotten proofs that are still good
      for (Api api : new Api[] {one, other, gateway}) {
        assertThat(
                within60Seconds(
                    () ->
                        call(api, token, key.proof("GET", target, token).sign()).statusCode()
                            == 200))
            .isTrue();
      }
      String first = key.proof("GET", target, token).sign();
      String second = key.proof("GET", target, token).sign();

      assertThat(call(one, token, first).statusCode()).isEqualTo(200);
      assertThat(call(other, token, first).statusCode()).isEqualTo(401);
      assertThat(call(other, token, second).statusCode()).isEqualTo(200);
      assertThat(call(one, token, second).statusCode()).isEqualTo(401);

      assertThat(call(gateway, token, first).statusCode()).as("another prefix").isEqualTo(200);
      assertThat(call(gateway, token, first).statusCode()).isEqualTo(401);

      redis.stop();
      String third = key.proof("GET", target, token).sign();
      int reached = one.reached();
      HttpResponse<String> unavailable = call(one, token, third);
      assertThat(unavailable.statusCode()).isEqualTo(503);
      assertThat(unavailable.headers().firstValue("Retry-After")).isPresent();
      assertThat(one.reached()).isEqualTo(reached);
    }
  }
}
