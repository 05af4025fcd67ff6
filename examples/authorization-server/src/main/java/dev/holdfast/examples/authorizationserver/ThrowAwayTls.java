package dev.holdfast.examples.authorizationserver;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives the server a throw-away PKI when {@code server.ssl} names no certificate, so that it never
 * speaks plain HTTP, and writes certificates for its clients beside.
 */
final class ThrowAwayTls implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final Logger LOG = LoggerFactory.getLogger(ThrowAwayTls.class);

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    if (Stream.of("certificate", "key-store", "bundle")
        .anyMatch(source -> environment.containsProperty("server.ssl." + source))) {
      return;
    }
    Path directory = directory(environment.getProperty("demo.pki-directory"));
    String subject = environment.getProperty("demo.payments-app-subject", "CN=payments-app");
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("throw-away PKI", write(directory, subject)));
    LOG.info("No server.ssl certificate: wrote a throw-away PKI to {}", directory);
  }

  private static Map<String, Object> write(Path directory, String subject) {
    ThrowAwayPki pki = ThrowAwayPki.create();
    Identity selfSigned = ThrowAwayPki.selfSigned("CN=self-signed-app");
    write(directory, "server", pki.serverCertificate());
    write(directory, "payments-app", pki.clientCertificate(subject));
    write(directory, "another-app", pki.clientCertificate("CN=another-app"));
    write(directory, "self-signed-app", selfSigned);
    pki.writeTrustedCertificates(directory.resolve("ca.crt"));
    pki.writeTrustedCertificates(directory.resolve("clients.crt"), selfSigned.certificate());
    return Map.of(
        "server.ssl.certificate", directory.resolve("server.crt").toString(),
        "server.ssl.certificate-private-key", directory.resolve("server.key").toString(),
        "server.ssl.trust-certificate", directory.resolve("clients.crt").toString(),
        "demo.self-signed-certificate", directory.resolve("self-signed-app.crt").toString());
  }

  private static void write(Path directory, String name, Identity identity) {
    identity.writeCertificateChain(directory.resolve(name + ".crt"));
    identity.writePrivateKey(directory.resolve(name + ".key"));
  }

  private static Path directory(@Nullable String configured) {
    try {
      return configured == null
          ? Files.createTempDirectory("holdfast-pki-")
          : Files.createDirectories(Path.of(configured)).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make demo.pki-directory", e);
    }
  }
}
