package dev.holdfast.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.fleet.Fleet.Node;
import dev.holdfast.fleet.Fleet.Tokens;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.redis.RedisProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A logout in Keycloak, and three API processes. */
@Tag("whole")
class KeycloakFleetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ROUNDS = 100;
  @TempDir private Path folder;

  private static Map<String, String> settings(Keycloak keycloak, RedisProcess redis) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String application : new String[] {"jwt.", "opaque."}) {
      String first = application + "holdfast.tokens.issuers[0].";
      settings.put(first + "issuer", keycloak.issuer());
      settings.put(first + "audiences", "https://api.example");
      settings.put(application + "holdfast.policy", "when-bound");
      settings.put(application + "holdfast.redis.uri", "redis://127.0.0.1:" + redis.port());
      settings.put(application + "holdfast.events.store", "redis");
    }
    String introspection = "opaque.holdfast.tokens.issuers[0].introspection.";
    settings.put(
        introspection + "uri", keycloak.issuer() + "/protocol/openid-connect/token/introspect");
    settings.put(introspection + "client-id", Keycloak.API);
    settings.put(introspection + "client-secret", Keycloak.SECRET);
    settings.put("jwt.holdfast.events.path", "/events");
    settings.put("jwt.holdfast.events.transmitters[0].issuer", keycloak.issuer());
    settings.put("jwt.holdfast.events.transmitters[0].audiences", Keycloak.CLIENT);
    return settings;
  }

  private static Tokens tokens(Map<String, Object> session) {
    String token = (String) session.get("access_token");
    return new Tokens(token, token);
  }

  @Test
  void aLogoutHoldsOnAllNodesWithinASecond() throws Exception {
    Path home = Keycloak.home();
    assumeTrue(home != null, "mvn -Pkeycloak");
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (RedisProcess redis = RedisProcess.started(folder.resolve("redis"));
        Keycloak keycloak = Keycloak.started(home, "http://localhost:" + port + "/jwt/events");
        Fleet fleet = Fleet.started(folder, settings(keycloak, redis), port)) {
      double[] millis = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        Map<String, Object> session = keycloak.login();
        Tokens tokens = tokens(session);
        assertThat(fleet.allAnswer(200, tokens)).isTrue();
        millis[i] = fleet.untilRefused(tokens, () -> keycloak.logout(session));
      }
      assertThat(Fleet.percentile99("logout in Keycloak to 401 on three nodes", millis))
          .isLessThan(1000);

      Map<String, Object> ended = keycloak.login();
      Map<String, Object> kept = keycloak.login();
      assertThat(fleet.allAnswer(200, tokens(ended)) && fleet.allAnswer(200, tokens(kept)))
          .isTrue();
      Node restarted = fleet.node(2);
      restarted.kill();
      keycloak.logout(ended);
      restarted.start();
      restarted.awaitStart();
      assertThat(fleet.allAnswer(401, tokens(ended))).isTrue();
      assertThat(fleet.allAnswer(200, tokens(kept))).as("another session").isTrue();

      redis.kill();
      redis.start();
      assertThat(
              Await.within(
                  PATIENCE,
                  () -> redis.command("XLEN", "holdfast:revocations").matches("[1-9][0-9]*")))
          .isTrue();
      assertThat(fleet.untilRefused(tokens(kept), () -> keycloak.logout(kept))).isLessThan(5000);
      restarted.kill();
      restarted.start();
      restarted.awaitStart();
      assertThat(fleet.allAnswer(401, tokens(ended)) && fleet.allAnswer(401, tokens(kept)))
          .isTrue();
    }
  }
}
