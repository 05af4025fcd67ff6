package dev.holdfast.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import dev.holdfast.events.poll.PollTransmitter;
import dev.holdfast.fleet.Fleet.Node;
import dev.holdfast.fleet.Fleet.Tokens;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.redis.RedisProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three API processes, one Redis: whoever hears of an event, all of them refuse. */
@Tag("whole")
class FleetTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final String AUDIENCE = "https://api.example/events";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Long before a cached answer ends; the figure itself is printed. */
  private static final long SOON_MILLIS = 5_000;

  @TempDir private static Path folder;
  private static TestIssuer issuer;
  private static PollTransmitter transmitter;
  private static RedisProcess redis;
  private static Fleet fleet;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
    issuer = TestIssuer.start(PKI);
    transmitter = PollTransmitter.start(PKI, issuer);
    redis = RedisProcess.started(folder.resolve("redis"));
    Map<String, String> settings = new LinkedHashMap<>();
    String trust = PKI.writeTrustedCertificates(folder.resolve("trust.pem")).toString();
    for (String application : new String[] {"jwt.", "opaque."}) {
      String first = application + "holdfast.tokens.issuers[0].";
      settings.put(first + "issuer", issuer.issuer());
      settings.put(first + "audiences", "https://api.example");
      settings.put(first + "trusted-certificates", trust);
      settings.put(application + "holdfast.policy", "when-bound");
      settings.put(application + "holdfast.redis.uri", "redis://127.0.0.1:" + redis.port());
      settings.put(application + "holdfast.events.store", "redis");
    }
    String introspection = "opaque.holdfast.tokens.issuers[0].introspection.";
    settings.put(introspection + "uri", issuer.introspectionUri());
    settings.put(introspection + "client-id", TestIssuer.CLIENT_ID);
    settings.put(introspection + "client-secret", TestIssuer.CLIENT_SECRET);
    String events = "jwt.holdfast.events.";
    settings.put(events + "path", "/events");
    settings.put(events + "transmitters[0].issuer", issuer.issuer());
    settings.put(events + "transmitters[0].audiences", AUDIENCE);
    settings.put(events + "transmitters[0].poll-uri", transmitter.uri());
    settings.put(events + "transmitters[0].poll-authorization", PollTransmitter.AUTHORIZATION);
    fleet = Fleet.started(folder, settings);
  }

  @AfterAll
  static void stop() throws Exception {
    if (fleet != null) {
      fleet.close();
    }
    if (redis != null) {
      redis.close();
      transmitter.close();
      issuer.close();
    }
  }

  private static Map<String, Object> claims(String subject) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("sub", subject);
    claims.put("iat", System.currentTimeMillis() / 1000 - 5);
    return claims;
  }

  /** Tokens that each node has taken, and has cached. */
  private static Tokens taken(String subject) {
    Tokens tokens = new Tokens(issuer.jwt(claims(subject)), issuer.opaque(claims(subject)));
    assertThat(fleet.allAnswer(200, tokens)).isTrue();
    return tokens;
  }

  private static String event(String subject, Tokens tokens) {
    issuer.introspectAs(tokens.opaque(), Map.of("active", false));
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer.issuer());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", System.currentTimeMillis() / 1000);
    claims.put("aud", AUDIENCE);
    claims.put("sub_id", Map.of("format", "iss_sub", "iss", issuer.issuer(), "sub", subject));
    claims.put(
        "events",
        Map.of("https://schemas.openid.net/secevent/caep/event-type/session-revoked", Map.of()));
    return issuer.sign(
        JWSAlgorithm.ES256, claims, header -> header.type(new JOSEObjectType("secevent+jwt")));
  }

  private static void assertPushed(int node, String event) {
    assertThat(fleet.node(node).push(event)).isEqualTo(202);
  }

  @Test
  void anEventThatOneIsPushedHoldsOnAllWithinASecond() throws Exception {
    double[] millis = new double[100];
    for (int i = 0; i < millis.length; i++) {
      String subject = "pushed-" + i;
      Tokens tokens = taken(subject);
      String event = event(subject, tokens);
      int node = i;
      millis[i] = fleet.untilRefused(tokens, () -> assertPushed(node, event));
    }
    assertThat(Fleet.percentile99("push to 401 on three nodes", millis)).isLessThan(SOON_MILLIS);
    assertThat(fleet.allAnswer(200, taken("somebody-else"))).isTrue();
  }

  @Test
  void anEventThatOneHasPolledHoldsOnAllWithinASecond() throws Exception {
    double[] millis = new double[100];
    for (int i = 0; i < millis.length; i++) {
      String subject = "polled-" + i;
      Tokens tokens = taken(subject);
      issuer.introspectAs(tokens.opaque(), Map.of("active", false));
      millis[i] = fleet.untilRefused(tokens, () -> transmitter.revokes(subject, AUDIENCE));
    }
    assertThat(Fleet.percentile99("poll to 401 on three nodes", millis)).isLessThan(SOON_MILLIS);
    assertThat(Await.within(PATIENCE, transmitter::isSettled)).isTrue();
  }

  @Test
  void aNodeThatWasAwayKnowsIt() throws Exception {
    Tokens before = taken("before-restart");
    Tokens meanwhile = taken("while-away");
    fleet.untilRefused(before, () -> assertPushed(0, event("before-restart", before)));
    Node away = fleet.node(2);
    away.kill();
    assertPushed(0, event("while-away", meanwhile));
    away.start();
    away.awaitStart();
    assertThat(away.get("/jwt/me", before.jwt())).isEqualTo(401);
    assertThat(away.get("/jwt/me", meanwhile.jwt())).isEqualTo(401);
    assertThat(fleet.allAnswer(401, meanwhile)).isTrue();
    assertThat(fleet.allAnswer(200, taken("after-restart"))).isTrue();
  }

  @Test
  void redisThatLostEverythingIsToldAgain() throws Exception {
    Tokens before = taken("before-outage");
    Tokens during = taken("during-outage");
    fleet.untilRefused(before, () -> assertPushed(0, event("before-outage", before)));
    redis.kill();
    String event = event("during-outage", during);
    assertThat(fleet.node(1).push(event)).as("to be delivered again").isEqualTo(503);
    assertThat(fleet.node(1).get("/jwt/me", during.jwt())).as("here it holds").isEqualTo(401);
    assertThat(fleet.node(0).get("/jwt/me", during.jwt())).isEqualTo(200);
    redis.start();
    assertThat(Await.within(PATIENCE, () -> fleet.node(1).push(event) == 202)).isTrue();
    assertThat(Await.within(PATIENCE, () -> fleet.allAnswer(401, during))).isTrue();
    Node restarted = fleet.node(2);
    restarted.kill();
    restarted.start();
    restarted.awaitStart();
    assertThat(
            Await.within(
                PATIENCE,
                () ->
                    restarted.get("/jwt/me", before.jwt()) == 401
                        && restarted.get("/jwt/me", during.jwt()) == 401))
        .isTrue();
  }
}
