package dev.holdfast.redis;

import static dev.holdfast.redis.GuardFixture.within60Seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.servlet.SharedStoreApis;
import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.contract.Api;
import dev.holdfast.testing.contract.ContractFixture;
import dev.holdfast.testing.redis.RedisProcess;
import dev.holdfast.testing.redis.RedisWithSentinels;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two API instances over real TLS whose Redis fails over under sentinels. */
@Tag("whole")
class TwoApisFailoverTest {
  private static final String TARGET = SharedStoreApis.TARGET + "/me";

  @TempDir Path folder;

  private static HttpResponse<String> call(Api api, String token, String proof) {
    return api.anonymous().send("GET", "/me", "Authorization", "DPoP " + token, "DPoP", proof);
  }

  @Test
  void aProofFromBeforeAFailoverIsTakenByNobody_C77() throws InterruptedException {
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
    try (RedisWithSentinels redis = RedisWithSentinels.started(folder);
        ContractFixture fixture = SharedStoreApis.fixture()) {
      Api one = SharedStoreApis.api(fixture, redis.uri(), "1");
      Api other = SharedStoreApis.api(fixture, redis.uri(), "2");
      DpopKey key = DpopKey.create();
      String token = fixture.issuer().jwt(fixture.dpopClaims(key));
      awaitService(key, token, one, other);
      String spent = key.proof("GET", TARGET, token).sign();
      String unspent = key.proof("GET", TARGET, token).sign();
      assertThat(call(one, token, spent).statusCode()).isEqualTo(200);
      assertThat(call(other, token, spent).statusCode()).isEqualTo(401);

      redis.primary().kill();

      HttpResponse<String> meanwhile = call(other, token, unspent);
      assertThat(meanwhile.statusCode()).isEqualTo(503);
      assertThat(meanwhile.headers().firstValue("Retry-After")).isPresent();
      awaitService(key, token, one, other);
      for (Api api : new Api[] {one, other}) {
        int reached = api.reached();
        assertThat(call(api, token, spent).statusCode()).isIn(401, 503);
        assertThat(call(api, token, unspent).statusCode()).isIn(401, 503);
        assertThat(api.reached()).isEqualTo(reached);
      }
    }
  }

  private static void awaitService(DpopKey key, String token, Api... apis)
      throws InterruptedException {
    for (Api api : apis) {
      assertThat(
              within60Seconds(
                  () ->
                      call(api, token, key.proof("GET", TARGET, token).sign()).statusCode() == 200))
          .isTrue();
    }
  }
}
