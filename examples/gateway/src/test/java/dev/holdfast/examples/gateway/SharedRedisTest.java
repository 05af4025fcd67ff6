package dev.holdfast.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.examples.service.Service;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.DpopKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The gateway and the service remember spent proofs in one Redis. */
@Tag("verify")
class SharedRedisTest {
  private static final String URI = Service.EXTERNAL + "/me";

  private static World world;
  private static RedisServer redis;
  private static String[] shared;
  private static Service service;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    int port = freePort();
    redis = RedisServer.newRedisServer().bind("127.0.0.1").port(port).setting("save \"\"").build();
    redis.start();
    shared =
        new String[] {
          "--holdfast.dpop.replay.store=redis",
          "--holdfast.dpop.clock-skew=1s",
          "--holdfast.redis.uri=redis://127.0.0.1:" + port
        };
    world = new World(folder);
    service = world.keep(new Service(world.issuers(), Service.EXTERNAL, shared));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
    redis.stop();
  }

  private static RunningGateway gateway(String prefix) {
    return world.keep(
        new RunningGateway(
            world,
            service.uri(),
            "--holdfast.proxies.external-uri=" + Service.EXTERNAL,
            shared[0],
            shared[1],
            shared[2],
            "--holdfast.redis.prefix=" + prefix));
  }

  private static HttpResponse<String> call(RunningGateway gateway, DpopKey key) {
    try {
      String token = world.boundToken(key);
      return gateway.get("/me", token, key.proof("GET", URI, token).sign());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A store that has just started may have forgotten proofs that are still good. */
  private static HttpResponse<String> settled(RunningGateway gateway, DpopKey key)
      throws InterruptedException {
    assertThat(Await.within(Duration.ofSeconds(60), () -> call(gateway, key).statusCode() != 503))
        .isTrue();
    return call(gateway, key);
  }

  @Test
  void oneProofIsTakenByBothWhereTheirPrefixesDiffer() throws Exception {
    DpopKey key = DpopKey.create();
    RunningGateway gateway = gateway("edge");
    assertThat(settled(gateway, key).statusCode()).isEqualTo(200);
    String token = world.boundToken(key);
    String proof = key.proof("GET", URI, token).sign();
    assertThat(gateway.get("/me", token, proof).statusCode()).isEqualTo(200);
    service.assertUntouched(() -> gateway.get("/me", token, proof).statusCode());
  }

  @Test
  void theServiceRefusesWhatTheGatewayHasSpentUnderTheSamePrefix() throws Exception {
    DpopKey key = DpopKey.create();
    RunningGateway gateway = gateway("holdfast");
    HttpResponse<String> refused = settled(gateway, key);
    int before = service.arrived();
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(call(gateway, key).headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("invalid_dpop_proof");
    assertThat(service.arrived()).as("it is the service that refuses").isEqualTo(before + 1);
  }
}
