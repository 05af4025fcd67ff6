package dev.holdfast.examples.mcpserver;

import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Starts the MCP server. Issuers and policy are settings: {@code --holdfast.…=}. */
@SpringBootApplication(proxyBeanMethods = false)
public class McpServerApplication {

  /** Starts the server with settings from the command line. */
  public static void main(String[] arguments) {
    application().run(arguments);
  }

  static SpringApplication application() {
    SpringApplication application = new SpringApplication(McpServerApplication.class);
    application.addInitializers(context -> askForCertificates(context.getEnvironment()));
    return application;
  }

  /**
   * With TLS, asks clients for a certificate and takes the connection without one: the token
   * decides. Without TLS the setting would switch it on.
   */
  private static void askForCertificates(ConfigurableEnvironment environment) {
    boolean hasCertificate =
        Stream.of("certificate", "key-store", "bundle")
            .anyMatch(name -> environment.containsProperty("server.ssl." + name));
    if (hasCertificate) {
      environment
          .getPropertySources()
          .addLast(new MapPropertySource("defaults", Map.of("server.ssl.client-auth", "want")));
    }
  }
}
