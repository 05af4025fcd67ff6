package dev.holdfast.examples.authorizationserver;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;

/**
 * The examples' authorization server, as a program and in the process of a test or a demonstration.
 *
 * <p>Settings are Spring's {@code server.*} and its own {@code demo.*}, given as {@code
 * --name=value}. Without a certificate for the server it makes a throw-away PKI and logs the
 * directory with the files that its clients need.
 */
public final class AuthorizationServer implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private AuthorizationServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Runs the server until the process ends. */
  @SuppressWarnings("resource") // closed by Spring's shutdown hook
  public static void main(String[] args) {
    start(args);
  }

  /**
   * Starts a server and returns once it answers.
   *
   * @param args settings; {@code --server.port=0} takes a free port
   */
  public static AuthorizationServer start(String... args) {
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setDefaultProperties(Map.of("spring.config.name", "authorization-server"));
    application.addInitializers(new ThrowAwayTls());
    return new AuthorizationServer(application.run(args));
  }

  /** The issuer identifier: what stands in {@code iss} of the tokens fetched from there. */
  public String issuer() {
    String configured = context.getBean(AuthorizationServerSettings.class).getIssuer();
    return configured != null ? configured : "https://localhost:" + port();
  }

  /** The port on which the server listens. */
  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** Stops the server and frees its port. */
  @Override
  public void close() {
    context.close();
  }
}
