package dev.holdfast.examples.gateway;

import dev.holdfast.spring.webflux.HoldfastIssuers;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

/**
 * Starts the gateway. Where it leads is {@code --gateway.upstream=}, all others {@code
 * --holdfast.…=}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class GatewayApplication {

  /** Starts the gateway with settings from the command line. */
  public static void main(String[] arguments) {
    application().run(arguments);
  }

  static SpringApplication application() {
    SpringApplication application = new SpringApplication(GatewayApplication.class);
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

  /** Only a request with a token of one of the issuers is passed on, except for {@code /public}. */
  @Bean
  SecurityWebFilterChain chain(ServerHttpSecurity http, HoldfastIssuers issuers) {
    return http.authorizeExchange(
            exchanges ->
                exchanges.pathMatchers("/public/**").permitAll().anyExchange().authenticated())
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .csrf(CsrfSpec::disable) // no browser sends an access token by itself
        .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers.resolver()))
        .build();
  }
}
