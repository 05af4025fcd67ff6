package dev.holdfast.examples.webfluxapi;

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

/** Starts the API. Issuers and policy are settings: {@code --holdfast.…=}. */
@SpringBootApplication(proxyBeanMethods = false)
public class WebFluxApiApplication {

  /** Starts the API with settings from the command line. */
  public static void main(String[] arguments) {
    application().run(arguments);
  }

  static SpringApplication application() {
    SpringApplication application = new SpringApplication(WebFluxApiApplication.class);
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

  /**
   * Everything but {@code /public} needs a token of one of the issuers, JWT or opaque. Without this
   * bean everything would.
   */
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
