package dev.holdfast.examples.behindaproxy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A proxy that speaks TLS to the API too, with a certificate of its own.
 *
 * @param servers all of it; the API is TLS here
 * @param identity the proxy's certificate towards the API, of the authority that clients have
 */
record RunningTlsServers(RunningServers servers, Identity identity) implements AutoCloseable {

  static RunningTlsServers start(Product product) {
    Identities identities = Identities.create();
    Workplace workplace = Workplace.create();
    TestIssuer issuer = TestIssuer.start(identities.pki());
    Identity identity = identities.pki().clientCertificate("CN=proxy");
    Api api = Api.startTls(product, issuer, identities.pki(), identity, workplace);
    Proxy proxy = proxy(product, identities, api, identity, identities.pki(), workplace);
    return new RunningTlsServers(
        new RunningServers(identities, workplace, issuer, api, proxy), identity);
  }

  /**
   * Starts a proxy with the documented configuration, its marked lines in effect.
   *
   * @param authority whose certificates the proxy takes from the API
   */
  static Proxy proxy(
      Product product,
      Identities identities,
      Api api,
      Identity identity,
      ThrowAwayPki authority,
      Workplace workplace) {
    Identity leaf = new Identity(identity.privateKey(), List.of(identity.certificate()));
    Path certificate = leaf.writeCertificateChain(workplace.file("proxy.crt"));
    Path key = identity.writePrivateKey(workplace.file("proxy.key"));
    try {
      Path both = Files.copy(key, workplace.file("proxy.pem")); // readable by its owner only
      Files.writeString(both, Files.readString(certificate) + Files.readString(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    authority.writeTrustedCertificates(workplace.file("api-authority.crt"));
    String configuration = encrypted(Proxy.configuration(product));
    return Proxy.start(product, configuration, identities.pki(), api.port(), workplace);
  }

  /** What the comments in the configuration say. */
  private static String encrypted(String configuration) {
    return configuration
        .replaceAll("(?m)^ *server api 127\\.0\\.0\\.1:@API@$", "")
        .replace("http://api", "https://api")
        .replace("http://127.0.0.1:@API@", "https://127.0.0.1:@API@")
        .replace("reverse_proxy 127.0.0.1:", "reverse_proxy https://127.0.0.1:")
        .replaceAll("(?m)^(\\s*)#>", "$1");
  }

  @Override
  public void close() {
    servers.close();
  }
}
