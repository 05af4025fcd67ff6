package dev.holdfast.events.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.events.CachedTokens;
import dev.holdfast.events.LocalRevocations;
import dev.holdfast.events.RevocationStore;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.events.TokenMark;
import dev.holdfast.events.message.EventRules;
import dev.holdfast.events.receiver.EventIntake;
import dev.holdfast.events.receiver.SignerKeys;
import dev.holdfast.events.receiver.Transmitter;
import dev.holdfast.internal.issuer.IssuerHttp;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.jwt.keys.KeySet;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A poller and a transmitter, over real TLS. */
@Tag("verify")
class PollerTest {
  private static final String AUDIENCE = "https://api.example/events";
  private static final String OTHER = "https://other.example";
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  /** Of a token from before every event of the test, however long that takes. */
  private final Instant issuedAt = Instant.now().minusSeconds(5);

  private TestIssuer issuer;
  private PollTransmitter transmitter;
  private Thread thread;
  private Poller poller;
  private final Remembering store = new Remembering();

  /** A store that can be down. */
  private static final class Remembering implements RevocationStore {
    private final LocalRevocations store = new LocalRevocations();
    private volatile boolean isDown;

    @Override
    public CompletableFuture<Void> remember(Collection<TokenMark> marks, Instant upTo) {
      return isDown
          ? CompletableFuture.failedFuture(new IssuerUnavailableException("down", null))
          : store.remember(marks, upTo);
    }

    @Override
    public CompletableFuture<Boolean> revokes(
        String name, Collection<TokenMark> marks, @Nullable Instant issuedAt) {
      return store.revokes(name, marks, issuedAt);
    }
  }

  @BeforeEach
  void start() throws Exception {
    issuer = TestIssuer.start(PKI);
    transmitter = PollTransmitter.start(PKI, issuer);
    poller = poller(PollTransmitter.AUTHORIZATION);
    thread = new Thread(poller::run);
    thread.start();
  }

  private Poller poller(String authorization) throws Exception {
    KeySet keys =
        KeySet.parse(new JWKSet(issuer.ecKey()).toString(true).getBytes(StandardCharsets.UTF_8));
    SignerKeys signer =
        (jws, header) ->
            CompletableFuture.completedFuture(
                keys.signed(SigningAlgorithm.ES256, header.keyId(), jws));
    EventIntake intake =
        new EventIntake(
            List.of(
                new Transmitter(issuer.issuer(), Set.of(AUDIENCE), signer, null),
                new Transmitter(OTHER, Set.of(AUDIENCE), signer, null)),
            new TokenEviction(store, CachedTokens.none(), Clock.systemUTC()),
            new EventRules(Duration.ofSeconds(30), Clock.systemUTC()));
    return new Poller(
        issuer.issuer(),
        IssuerHttp.of(PKI.sslContext(), Poller.LONGEST, Poller.MAX_BODY_BYTES),
        URI.create(transmitter.uri()),
        authorization,
        intake,
        Duration.ofMillis(20));
  }

  @AfterEach
  void end() throws InterruptedException {
    poller.close();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    transmitter.close();
    issuer.close();
  }

  private boolean isRevoked(String subject) {
    return store
        .revokes(
            issuer.issuer(),
            List.of(new TokenMark(issuer.issuer(), TokenMark.Kind.SUBJECT, subject)),
            issuedAt)
        .join();
  }

  private static void assertSoon(BooleanSupplier condition) throws InterruptedException {
    assertThat(Await.within(Duration.ofSeconds(60), condition)).isTrue();
  }

  @Test
  void anEventIsDoneAndAcknowledged_andTheRequestIsHeldMeanwhile() throws Exception {
    assertSoon(() -> transmitter.requests().size() == 1);
    transmitter.revokes("alice", AUDIENCE);
    assertSoon(() -> isRevoked("alice") && transmitter.isSettled());
    transmitter.revokes("bob", AUDIENCE);
    assertSoon(() -> isRevoked("bob") && transmitter.isSettled());
    assertThat(transmitter.errors()).isEmpty();
    assertThat(transmitter.requests().size()).isLessThanOrEqualTo(5);
    assertThat(transmitter.requests().get(0))
        .containsEntry("returnImmediately", false)
        .doesNotContainKeys("ack", "setErrs");
  }

  @Test
  void manyAreFetchedInTurn() throws Exception {
    transmitter.answers(503, "");
    for (int i = 0; i < 120; i++) {
      transmitter.revokes("u" + i, AUDIENCE);
    }
    transmitter.answers(200, "");
    assertSoon(() -> isRevoked("u119") && transmitter.isSettled());
    assertThat(transmitter.requests())
        .anyMatch(request -> Boolean.TRUE.equals(request.get("returnImmediately")));
  }

  @Test
  void whatIsWrongIsToldAndOthersAreDone() throws Exception {
    transmitter.answers(503, "");
    String foreign = transmitter.revokes("alice", "https://other.example");
    transmitter.sends("no-jws", "nonsense");
    transmitter.sends(
        "another-name", transmitter.event("its-name", issuer.issuer(), "carol", AUDIENCE));
    transmitter.sends("foreign", transmitter.event("foreign", OTHER, "dave", AUDIENCE));
    transmitter.revokes("bob", AUDIENCE);
    transmitter.answers(200, "");
    assertSoon(() -> isRevoked("bob") && transmitter.isSettled());
    assertThat(isRevoked("alice") || isRevoked("carol")).isFalse();
    assertThat(transmitter.errors().keySet())
        .containsExactlyInAnyOrder(foreign, "no-jws", "another-name", "foreign");
    assertThat(transmitter.errors().toString())
        .contains("invalid_audience", "invalid_request", "invalid_issuer");
  }

  @Test
  void whatCouldNotBeDoneIsNeitherAcknowledgedNorRejected() throws Exception {
    store.isDown = true;
    transmitter.revokes("alice", AUDIENCE);
    assertSoon(() -> transmitter.requests().size() >= 4);
    assertThat(transmitter.isSettled()).isFalse();
    store.isDown = false;
    assertSoon(() -> isRevoked("alice") && transmitter.isSettled());
    assertThat(transmitter.errors()).isEmpty();
  }

  @Test
  void anOutageRestsAndTheAcknowledgementIsSaidAgain() throws Exception {
    transmitter.revokes("alice", AUDIENCE);
    assertSoon(() -> isRevoked("alice"));
    transmitter.answers(503, "1");
    int before = transmitter.requests().size();
    long begun = System.nanoTime();
    assertSoon(() -> transmitter.requests().size() >= before + 3);
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("Retry-After")
        .isGreaterThan(Duration.ofMillis(900));
    transmitter.answers(200, "");
    assertSoon(transmitter::isSettled);
    transmitter.revokes("bob", AUDIENCE);
    assertSoon(() -> isRevoked("bob"));
  }

  @Test
  void whoeverIsNotAuthorizedGetsNothing() throws Exception {
    poller.close();
    thread.join(10_000);
    poller = poller("Bearer of-somebody-else");
    thread = new Thread(poller::run);
    thread.start();
    int before = transmitter.requests().size();
    transmitter.revokes("alice", AUDIENCE);
    assertThat(Await.within(Duration.ofMillis(300), () -> isRevoked("alice"))).isFalse();
    assertThat(transmitter.requests()).hasSize(before);
  }
}
