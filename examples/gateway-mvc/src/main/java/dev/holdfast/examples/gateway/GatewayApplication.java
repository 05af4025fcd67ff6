package dev.holdfast.examples.gateway;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.holdfast.spring.HoldfastConfigurer;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Starts the gateway. Where it leads is {@code --gateway.upstream=}. */
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
  SecurityFilterChain chain(HttpSecurity http) {
    return http.authorizeHttpRequests(
            requests ->
                requests.requestMatchers("/public/**").permitAll().anyRequest().authenticated())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable) // no browser sends an access token by itself
        .with(HoldfastConfigurer.holdfast(), withDefaults())
        .build();
  }
}
