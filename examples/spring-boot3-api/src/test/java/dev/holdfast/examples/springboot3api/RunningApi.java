package dev.holdfast.examples.springboot3api;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** The API as it is started, with settings alone, on a free port, and its issuer. */
final class RunningApi implements AutoCloseable {
  final ThrowAwayPki pki = ThrowAwayPki.create();
  final TestIssuer issuer = TestIssuer.start(pki);
  private final ConfigurableApplicationContext api;

  /**
   * Starts both.
   *
   * @param folder for the keys
   * @param more settings, such as {@code --holdfast.dpop.nonce=always}
   */
  RunningApi(Path folder, String... more) {
    Identity server = pki.serverCertificate();
    Path trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem"));
    Stream<String> settings =
        Stream.of(
            "--server.port=0",
            "--server.ssl.certificate="
                + server.writeCertificateChain(folder.resolve("s.pem")).toUri(),
            "--server.ssl.certificate-private-key="
                + server.writePrivateKey(folder.resolve("s.key")).toUri(),
            "--server.ssl.trust-certificate=" + trusted.toUri(),
            "--holdfast.tokens.issuers[0].issuer=" + issuer.issuer(),
            "--holdfast.tokens.issuers[0].audiences=https://api.example",
            "--holdfast.tokens.issuers[1].audiences=https://api.example",
            "--holdfast.tokens.issuers[0].trusted-certificates=" + trusted,
            "--holdfast.tokens.issuers[1].introspection.uri=" + issuer.introspectionUri(),
            "--holdfast.tokens.issuers[1].introspection.client-id=" + TestIssuer.CLIENT_ID,
            "--holdfast.tokens.issuers[1].introspection.client-secret=" + TestIssuer.CLIENT_SECRET,
            "--holdfast.tokens.issuers[1].trusted-certificates=" + trusted);
    api =
        SpringBoot3ApiApplication.application()
            .run(Stream.concat(settings, Arrays.stream(more)).toArray(String[]::new));
  }

  String uri(String path) {
    return "https://localhost:"
        + api.getEnvironment().getRequiredProperty("local.server.port")
        + path;
  }

  /**
   * Calls it on a connection of its own.
   *
   * @param caller whose certificate is shown, or null for none
   * @param headers names and values in turn
   */
  HttpResponse<String> call(String method, String path, Identity caller, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri(path)))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newBuilder()
        .sslContext(caller == null ? pki.sslContext() : pki.sslContext(caller))
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    api.close();
    issuer.close();
  }
}
