package dev.holdfast.examples.behindaproxy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The servlet example on the loopback interface, where only {@code 127.0.0.1} is a trusted proxy.
 *
 * @param part the process
 * @param port where it listens
 */
record Api(Part part, int port) implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("ready at https?://[^:]+:(\\d+)");

  /** One that speaks plain HTTP. */
  static Api start(Product behind, TestIssuer issuer, ThrowAwayPki pki, Workplace workplace) {
    return start(settings(behind, issuer, pki, workplace), workplace);
  }

  /**
   * One that speaks plain HTTP and reads another product's headers, with these settings besides.
   */
  static Api start(
      Product behind,
      TestIssuer issuer,
      ThrowAwayPki pki,
      Workplace workplace,
      Map<String, String> more) {
    Map<String, String> settings = settings(behind, issuer, pki, workplace);
    settings.putAll(more);
    return start(settings, workplace);
  }

  /** One that speaks TLS, to holders of certificates only, of whom one is the trusted proxy. */
  static Api startTls(
      Product behind, TestIssuer issuer, ThrowAwayPki pki, Identity proxy, Workplace workplace) {
    Map<String, String> settings = settings(behind, issuer, pki, workplace);
    Identity own = pki.serverCertificate();
    settings.put(
        "server.ssl.certificate", own.writeCertificateChain(workplace.file("api.crt")).toString());
    settings.put(
        "server.ssl.certificate-private-key",
        own.writePrivateKey(workplace.file("api.key")).toString());
    settings.put(
        "server.ssl.trust-certificate",
        pki.writeTrustedCertificates(workplace.file("proxies.crt")).toString());
    settings.put("server.ssl.client-auth", "need");
    settings.put("holdfast.proxies.certificates", proxy.thumbprint());
    return start(settings, workplace);
  }

  private static Map<String, String> settings(
      Product behind, TestIssuer issuer, ThrowAwayPki pki, Workplace workplace) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("server.port", "0");
    settings.put("server.address", "127.0.0.1");
    settings.put("server.max-http-request-header-size", "32KB"); // for long certificates
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    settings.put(
        "holdfast.tokens.issuers[0].trusted-certificates",
        pki.writeTrustedCertificates(workplace.file("issuer.crt")).toString());
    settings.put("holdfast.certificate.source", "header");
    settings.put("holdfast.certificate.header.format", behind.format());
    settings.put("holdfast.token-binding.source", "header");
    settings.put("holdfast.proxies.trusted", "127.0.0.1");
    return settings;
  }

  private static Api start(Map<String, String> settings, Workplace workplace) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-jar", jar().toString()));
    Part part = Part.start("servlet-api", command, workplace.directory());
    try {
      return new Api(part, Integer.parseInt(part.await(READY)));
    } catch (PartFailedException failed) {
      part.close();
      throw failed;
    }
  }

  /** The jar of the other example, found from where this program's own classes are. */
  private static Path jar() {
    try {
      Path own = Path.of(Api.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path jar = own.resolve("../../../servlet-api/target/servlet-api.jar").normalize();
      if (!Files.isRegularFile(jar)) {
        throw new PartFailedException(
            "there is no servlet-api.jar beside this program. Build it: mvn package");
      }
      return jar;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    part.close();
  }
}
