package dev.holdfast.examples.stolentoken;

import dev.holdfast.testing.Identity;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts the programs with their settings: the same ones for both APIs, as {@code --name=value} for
 * Spring Boot and as {@code -Dname=value} for the servlet API.
 *
 * @param workplace where keys and logs are
 * @param identities whose certificates are trusted
 * @param secrets passwords
 * @param enforcement settings of both APIs beside the issuers, such as {@code holdfast.policy}
 */
record Launcher(
    Workplace workplace, Identities identities, Secrets secrets, Map<String, String> enforcement) {

  private static final String KEY_PARAMETERS = "ecdsap256";
  private static final String AUDIENCE = "https://api.example";

  /** A JVM that starts quickly rather than one that runs for days. */
  private static final List<String> JVM =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Dfile.encoding=UTF-8");

  Part authorizationServer() {
    Map<String, String> settings = server("authorization-server");
    settings.put("demo.audience", AUDIENCE);
    settings.put(
        "demo.self-signed-certificate",
        identities
            .selfSignedApp()
            .writeCertificateChain(workplace.file("self-signed-app.crt"))
            .toString());
    settings.put("demo.legacy-app-secret", secrets.legacyApp());
    settings.put("demo.token-binding-app-secret", secrets.tokenBindingApp());
    settings.put("demo.dpop-app-secret", secrets.dpopApp());
    settings.put("demo.api-secret", secrets.api());
    settings.put("demo.token-binding", KEY_PARAMETERS);
    return spring("authorization-server", "authorization-server", settings);
  }

  Part springBootApi(String issuer) {
    return springBootApi("spring-boot-api", holdfast(issuer));
  }

  /** One more, whose port negotiates Token Binding. */
  Part springBootTokenBindingApi(String issuer) {
    return springBootApi("spring-boot-api-token-binding", withTokenBinding(holdfast(issuer)));
  }

  private Part springBootApi(String name, Map<String, String> holdfast) {
    Map<String, String> settings = server(name);
    settings.putAll(holdfast);
    settings.put("logging.level.dev.holdfast", "DEBUG");
    return spring(name, "spring-boot-api", settings);
  }

  Part servletApi(String issuer) {
    return servletApi("servlet-api", holdfast(issuer));
  }

  /** One more, whose port negotiates Token Binding. */
  Part servletTokenBindingApi(String issuer) {
    return servletApi("servlet-api-token-binding", withTokenBinding(holdfast(issuer)));
  }

  /** Its connector negotiates in the TLS handshake. */
  private static Map<String, String> withTokenBinding(Map<String, String> settings) {
    settings.put("holdfast.token-binding.source", "tls");
    settings.put("holdfast.token-binding.key-parameters", KEY_PARAMETERS);
    return settings;
  }

  private Part servletApi(String name, Map<String, String> holdfast) {
    Map<String, String> settings = server(name);
    settings.putAll(holdfast);
    settings.put("java.util.logging.config.file", workplace.logging().toString());
    List<String> arguments = new ArrayList<>(JVM);
    settings.forEach((setting, value) -> arguments.add("-D" + setting + "=" + value));
    arguments.addAll(List.of("-jar", jar("servlet-api").toString()));
    return Part.start(name, arguments, workplace);
  }

  private Part spring(String name, String program, Map<String, String> settings) {
    List<String> arguments = new ArrayList<>(JVM);
    arguments.addAll(List.of("-jar", jar(program).toString(), "--spring.main.banner-mode=off"));
    settings.forEach((setting, value) -> arguments.add("--" + setting + "=" + value));
    return Part.start(name, arguments, workplace);
  }

  /** What protects an API: one issuer, whose JWTs are read and whose opaque tokens introspected. */
  private Map<String, String> holdfast(String issuer) {
    String authority =
        identities.pki().writeTrustedCertificates(workplace.file("ca.crt")).toString();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.putAll(enforcement);
    if (enforcement.containsKey("holdfast.events.path")) {
      settings.put("holdfast.events.transmitters[0].issuer", issuer);
    }
    settings.put("holdfast.tokens.issuers[0].issuer", issuer);
    settings.put("holdfast.tokens.issuers[0].audiences", AUDIENCE);
    settings.put("holdfast.tokens.issuers[0].trusted-certificates", authority);
    String opaque = "holdfast.tokens.issuers[1].";
    settings.put(opaque + "audiences", AUDIENCE);
    settings.put(opaque + "trusted-certificates", authority);
    settings.put(opaque + "introspection.uri", issuer + "/oauth2/introspect");
    settings.put(opaque + "introspection.client-id", "api");
    settings.put(opaque + "introspection.timeout", "20s"); // a busy machine is no thief
    settings.put(opaque + "introspection.client-secret", secrets.api());
    return settings;
  }

  /**
   * TLS on a free port, with a certificate of the authority. The self-signed certificates are
   * trusted as RFC 8705 section 2.2 wants it, the thief's as well: TLS lets him in under any name,
   * and only the token's binding stands in his way.
   */
  private Map<String, String> server(String name) {
    Identity identity = identities.pki().serverCertificate();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("server.port", "0");
    settings.put("server.address", "localhost");
    settings.put(
        "server.ssl.certificate",
        identity.writeCertificateChain(workplace.file(name + ".crt")).toString());
    settings.put(
        "server.ssl.certificate-private-key",
        identity.writePrivateKey(workplace.file(name + ".key")).toString());
    settings.put(
        "server.ssl.trust-certificate",
        identities
            .pki()
            .writeTrustedCertificates(
                workplace.file("clients.crt"),
                identities.selfSignedApp().certificate(),
                identities.impostor().certificate())
            .toString());
    settings.put("server.ssl.client-auth", "want");
    return settings;
  }

  /** The jar of another example, found from where this program's own classes are. */
  private static Path jar(String name) {
    try {
      Path own =
          Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path examples = own.resolve("../../..").normalize();
      Path jar = examples.resolve(name).resolve("target").resolve(name + ".jar");
      if (!Files.isRegularFile(jar)) {
        throw new PartFailedException(
            "there is no " + name + ".jar beside this program. Build it: mvn package");
      }
      return jar;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
