package dev.holdfast.spring;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts Boot applications on a free port, with TLS that asks for a client certificate. */
final class Boot {
  /** Says which server it is, {@code tomcat} or {@code jetty}: both are here. */
  static final String SERVER = "test.server";

  private Boot() {}

  static ConfigurableApplicationContext start(
      ThrowAwayPki pki, Identity identity, Map<String, String> properties, Class<?>... sources) {
    try {
      Path folder = Files.createTempDirectory("holdfast-spring");
      Map<String, Object> all = new HashMap<>(properties);
      all.put("server.port", "0");
      all.put("server.address", "127.0.0.1");
      all.putIfAbsent("server.ssl.client-auth", "want");
      if (!all.containsKey("server.ssl.key-store")) {
        all.put(
            "server.ssl.certificate",
            identity.writeCertificateChain(folder.resolve("server.pem")).toUri().toString());
        all.put(
            "server.ssl.certificate-private-key",
            identity.writePrivateKey(folder.resolve("server.key")).toUri().toString());
        all.put(
            "server.ssl.trust-certificate",
            pki.writeTrustedCertificates(folder.resolve("trusted.pem")).toUri().toString());
      }
      all.put("spring.main.banner-mode", "off");
      all.putIfAbsent("spring.data.redis.repositories.enabled", "false"); // no test has one
      List<Class<?>> classes = new ArrayList<>(List.of(sources));
      BootParts.serveBy(properties.getOrDefault(SERVER, "tomcat"), all, classes);
      all.putIfAbsent("logging.level.root", "warn");
      SpringApplication application = new SpringApplication(classes.toArray(Class<?>[]::new));
      application.setRegisterShutdownHook(false);
      application.setDefaultProperties(all);
      return application.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int port(ConfigurableApplicationContext context) {
    return BootParts.port(context);
  }
}
