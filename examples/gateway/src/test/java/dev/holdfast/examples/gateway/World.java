package dev.holdfast.examples.gateway;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An authority, an issuer, a rightful client and a thief. */
final class World {
  final ThrowAwayPki pki = ThrowAwayPki.create();
  final TestIssuer issuer = TestIssuer.start(pki);
  final Identity rightful = pki.clientCertificate("CN=payments-app");
  final Identity thief = pki.clientCertificate("CN=thief");
  private final Deque<AutoCloseable> kept = new ArrayDeque<>();
  private final Path folder;
  private final Path trusted;

  /**
   * A new one.
   *
   * @param folder for the keys
   */
  World(Path folder) {
    this.folder = folder;
    this.trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem"));
  }

  /** Settings of an application that takes this issuer's tokens, JWT and opaque. */
  String[] issuers(String... more) {
    return join(
        List.of(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--holdfast.tokens.issuers[0].issuer=" + issuer.issuer(),
            "--holdfast.tokens.issuers[0].audiences=https://api.example",
            "--holdfast.tokens.issuers[1].audiences=https://api.example",
            "--holdfast.tokens.issuers[0].trusted-certificates=" + trusted,
            "--holdfast.tokens.issuers[1].introspection.uri=" + issuer.introspectionUri(),
            "--holdfast.tokens.issuers[1].introspection.client-id=" + TestIssuer.CLIENT_ID,
            "--holdfast.tokens.issuers[1].introspection.client-secret=" + TestIssuer.CLIENT_SECRET,
            "--holdfast.tokens.issuers[1].trusted-certificates=" + trusted),
        more);
  }

  /** The same with TLS that asks for the client's certificate. */
  String[] issuersAndTls(String... more) {
    Identity server = pki.serverCertificate();
    return join(
        List.of(
            "--server.ssl.certificate="
                + server.writeCertificateChain(folder.resolve("s.pem")).toUri(),
            "--server.ssl.certificate-private-key="
                + server.writePrivateKey(folder.resolve("s.key")).toUri(),
            "--server.ssl.trust-certificate=" + trusted.toUri()),
        issuers(more));
  }

  private static String[] join(List<String> settings, String... more) {
    return Stream.concat(settings.stream(), Arrays.stream(more)).toArray(String[]::new);
  }

  /** A JWT and an opaque token that are bound to the rightful client's certificate. */
  List<String> boundTokens() {
    Map<String, Object> claims = issuer.claims(rightful.thumbprint());
    return List.of(issuer.jwt(claims), issuer.opaque(claims));
  }

  /** A JWT that is bound to this key. */
  String boundToken(DpopKey key) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("jkt", key.thumbprint()));
    return issuer.jwt(claims);
  }

  /**
   * Closes it at the end: when an application of Spring Boot ends, so do the event loops of all
   * others in this JVM.
   */
  <T extends AutoCloseable> T keep(T started) {
    kept.push(started);
    return started;
  }

  /** Ends the issuer, and what was kept. */
  void close() throws Exception {
    for (AutoCloseable each : kept) {
      each.close();
    }
    issuer.close();
  }
}
