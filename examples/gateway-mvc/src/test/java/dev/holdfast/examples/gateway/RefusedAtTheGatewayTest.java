package dev.holdfast.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.Identity;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as it is started: what it refuses does not arrive at a service. */
@Tag("verify")
class RefusedAtTheGatewayTest {
  private static World world;
  private static Recorder service;
  private static RunningGateway gateway;

  @BeforeAll
  static void start(@TempDir Path folder) {
    world = new World(folder);
    service = world.keep(new Recorder());
    gateway = world.keep(new RunningGateway(world, service.uri()));
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  private static void assertRefused(int status) {
    assertThat(status).isEqualTo(401);
    assertThat(service.fields()).as("what arrived").isEmpty();
  }

  private static void assertPassedOn(int status) {
    assertThat(status).isEqualTo(200);
    assertThat(service.fields()).as("what arrived").isNotEmpty();
  }

  @Test
  void aTokenPassesWithItsCertificateOnly() throws Exception {
    for (String token : world.boundTokens()) {
      assertPassedOn(gateway.get("/me", world.rightful, token).statusCode());
      for (Identity caller : new Identity[] {world.thief, null}) {
        assertRefused(gateway.get("/me", caller, token).statusCode());
      }
    }
  }

  @Test
  void aTokenPassesWithAProofOfItsKeyOnceOnly() throws Exception {
    DpopKey key = DpopKey.create();
    String token = world.boundToken(key);
    String uri = "https://localhost:" + gateway.port() + "/me";
    String proof = key.proof("GET", uri, token).sign();
    assertPassedOn(gateway.get("/me", token, proof).statusCode());
    assertRefused(gateway.get("/me", token, proof).statusCode());
    String stolen = DpopKey.create().proof("GET", uri, token).sign();
    assertRefused(gateway.get("/me", token, stolen).statusCode());
    assertRefused(gateway.call("GET", "/me", null, "Authorization", "DPoP " + token).statusCode());
  }

  @Test
  void nobodyPassesWithoutAToken() throws Exception {
    assertRefused(gateway.call("GET", "/me", world.rightful).statusCode());
    assertPassedOn(gateway.call("GET", "/public/ping", null).statusCode());
  }
}
