package dev.holdfast.servers;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/**
 * What a server needs for TLS that asks for client certificates.
 *
 * @param identity PKCS #12 with the server's key and chain
 * @param trust PKCS #12 with the authority of the clients
 * @param chain PEM of the server's chain
 * @param key PEM of the server's key
 */
record KeyFiles(Path identity, Path trust, Path chain, Path key) {
  /** Of both stores. */
  static final String PASSWORD = "changeit";

  /** Writes them. */
  static KeyFiles in(Path directory, Identity server, ThrowAwayPki pki) {
    try {
      Files.createDirectories(directory);
      Path trust = directory.resolve("clients-ca.p12");
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("clients", pki.certificate());
      try (OutputStream out = Files.newOutputStream(trust)) {
        store.store(out, PASSWORD.toCharArray());
      }
      return new KeyFiles(
          server.writePkcs12(directory.resolve("server.p12"), PASSWORD.toCharArray()),
          trust,
          server.writeCertificateChain(directory.resolve("server.crt")),
          server.writePrivateKey(directory.resolve("server.key")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
