package dev.holdfast.introspection;

import static dev.holdfast.introspection.Answers.endpoint;
import static dev.holdfast.introspection.Answers.settled;
import static dev.holdfast.introspection.Answers.token;
import static dev.holdfast.introspection.Answers.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Verification;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** T81: credentials and tokens go to the right server only. */
@Tag("verify")
class IntrospectionTlsTest {
  private final ThrowAwayPki pki = ThrowAwayPki.create();

  private CompletableFuture<Verification> ask(IntrospectionServer server) {
    return new IntrospectingVerifier(
            endpoint(server.uri(), Duration.ofSeconds(10)), pki.sslContext(), Clock.systemUTC())
        .verify(token("opaque"));
  }

  private void assertNeverAsked(Identity identity, String reason) throws IOException {
    try (IntrospectionServer server = new IntrospectionServer(pki, identity)) {
      assertThat(unavailable(ask(server))).contains(reason);
      assertThat(server.asked).isEmpty();
    }
  }

  @Test
  void theRightServerIsAsked() throws IOException {
    try (IntrospectionServer server = new IntrospectionServer(pki, pki.serverCertificate())) {
      assertThat(settled(ask(server))).isInstanceOf(Verification.Valid.class);
    }
  }

  @Test
  void aServerWithAnExpiredCertificateIsNot_T81() throws IOException {
    assertNeverAsked(
        pki.serverCertificate(Validity.expired(), List.of("localhost")), "is not valid now");
  }

  @Test
  void aServerWithACertificateForAnotherHostIsNot_T81() throws IOException {
    assertNeverAsked(
        pki.serverCertificate(Validity.current(), List.of("as.example")),
        "does not fit the host name");
  }

  @Test
  void aServerOfAnotherAuthorityIsNot_T81() throws IOException {
    assertNeverAsked(ThrowAwayPki.create().serverCertificate(), "is not trusted here");
  }
}
