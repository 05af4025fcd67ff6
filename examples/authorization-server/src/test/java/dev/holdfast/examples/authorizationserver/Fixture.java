package dev.holdfast.examples.authorizationserver;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** A server on a free port with a PKI of its own, and the identities of its clients. */
final class Fixture implements AutoCloseable {

  final ThrowAwayPki pki = ThrowAwayPki.create();
  final Identity payments = pki.clientCertificate("CN=payments-app");
  final Identity selfSigned = ThrowAwayPki.selfSigned("CN=self-signed-app");

  /** Known to TLS and registered with no client. */
  final Identity otherSelfSigned = ThrowAwayPki.selfSigned("CN=self-signed-app");

  final AuthorizationServer server;

  Fixture(Path directory, String... settings) {
    Identity identity = pki.serverCertificate();
    Stream<String> own =
        Stream.of(
            "--server.port=0",
            "--server.ssl.certificate="
                + identity.writeCertificateChain(directory.resolve("server.crt")),
            "--server.ssl.certificate-private-key="
                + identity.writePrivateKey(directory.resolve("server.key")),
            "--server.ssl.trust-certificate="
                + pki.writeTrustedCertificates(
                    directory.resolve("clients.crt"),
                    selfSigned.certificate(),
                    otherSelfSigned.certificate()),
            "--demo.self-signed-certificate="
                + selfSigned.writeCertificateChain(directory.resolve("self-signed-app.crt")));
    server =
        AuthorizationServer.start(
            Stream.concat(own, Arrays.stream(settings)).toArray(String[]::new));
  }

  TestClient as(Identity identity) {
    return new TestClient(server, pki.sslContext(identity));
  }

  TestClient withoutCertificate() {
    return new TestClient(server, pki.sslContext());
  }

  @Override
  public void close() {
    server.close();
  }
}
