package dev.holdfast.spring.webflux;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.contract.Server;
import dev.holdfast.testing.contract.ServerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A Boot application on WebFlux, started by properties, with TLS that asks for a certificate. */
record BootServer(ConfigurableApplicationContext context) implements Server {

  static BootServer start(ServerSpec spec, Class<?>... configurations) {
    Map<String, Object> properties = new HashMap<>(spec.settings());
    properties.put("server.http2.enabled", "true");
    if (spec.forwarding() == ServerSpec.Forwarding.REWRITES) {
      properties.put("server.forward-headers-strategy", "native");
    }
    properties.putAll(tls(spec.pki(), spec.identity()));
    return start(properties, configurations);
  }

  static BootServer start(Map<String, Object> properties, Class<?>... configurations) {
    Map<String, Object> all = new HashMap<>(properties);
    all.putIfAbsent("server.port", "0");
    all.put("server.address", "127.0.0.1");
    all.put("spring.main.banner-mode", "off");
    return new BootServer(
        new SpringApplicationBuilder(configurations)
            .web(WebApplicationType.REACTIVE)
            .properties(all)
            .run());
  }

  static Map<String, Object> tls(ThrowAwayPki pki, Identity server) {
    try {
      Path folder = Files.createTempDirectory("holdfast-webflux");
      return Map.of(
          "server.ssl.certificate",
          server.writeCertificateChain(folder.resolve("s.pem")).toUri().toString(),
          "server.ssl.certificate-private-key",
          server.writePrivateKey(folder.resolve("s.key")).toUri().toString(),
          "server.ssl.trust-certificate",
          pki.writeTrustedCertificates(folder.resolve("trusted.pem")).toUri().toString(),
          "server.ssl.client-auth",
          "want");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @Override
  public int reached() {
    ContractApi api = context.getBeanProvider(ContractApi.class).getIfAvailable();
    return api == null ? 0 : api.reached();
  }

  @Override
  public void close() {
    context.close();
  }
}
