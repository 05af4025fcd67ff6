package dev.holdfast.benchmarks;

import dev.holdfast.spring.boot.HoldfastAutoConfiguration;
import dev.holdfast.spring.boot.HoldfastWebSecurityAutoConfiguration;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.RequestContextFilter;

/** Two applications with one chain: a stateless resource server. */
final class SpringApplications {
  private SpringApplications() {}

  /** The chain that both have. */
  @Configuration(proxyBeanMethods = false)
  static class Api {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .sessionManagement(
              sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }
  }

  /** What the starter brings, and what of Boot it stands on. */
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    SslAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    ServletWebSecurityAutoConfiguration.class,
    HoldfastAutoConfiguration.class,
    HoldfastWebSecurityAutoConfiguration.class
  })
  static class WithHoldfast {}

  /** Spring Security without Boot. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class WithoutHoldfast {}

  static Filters holdfast(Specimens specimens) {
    String issuer = "holdfast.tokens.issuers[0].";
    return start(
        Map.of(
            issuer + "issuer",
            specimens.issuer(),
            issuer + "jwk-set-uri",
            specimens.jwkSetUri(),
            issuer + "audiences",
            "*",
            issuer + "ssl-bundle",
            "issuer",
            "spring.ssl.bundle.pem.issuer.truststore.certificate",
            pem(specimens.authority())),
        context -> context.register(Api.class, WithHoldfast.class));
  }

  static Filters springAlone(Specimens specimens) {
    JwtDecoder decoder = SpringSide.decoder(specimens.issuer(), specimens.publicKeys());
    return start(
        Map.of(),
        context -> {
          context.register(Api.class, WithoutHoldfast.class);
          context.addBeanFactoryPostProcessor(
              beans -> beans.registerSingleton("jwtDecoder", decoder));
        });
  }

  private static Filters start(
      Map<String, Object> settings, Consumer<AnnotationConfigWebApplicationContext> parts) {
    AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    context.setServletContext(new MockServletContext());
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("benchmark", settings));
    parts.accept(context);
    context.refresh();
    return new Filters(context);
  }

  private static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What stands before the application's servlets, in the container's order. */
  static final class Filters implements AutoCloseable {
    static final int REACHED = 204;

    private final AnnotationConfigWebApplicationContext application;
    private final List<Filter> all;

    @SuppressWarnings("rawtypes") // Spring's bean type
    private Filters(AnnotationConfigWebApplicationContext application) {
      this.application = application;
      Stream<Filter> registered =
          application
              .getBeanProvider(FilterRegistrationBean.class)
              .orderedStream()
              .filter(FilterRegistrationBean::isEnabled)
              .map(FilterRegistrationBean::getFilter);
      Stream<Filter> springs =
          Stream.of(
              new RequestContextFilter(), // Boot's, in which Spring's decoder finds the certificate
              application.getBean("springSecurityFilterChain", Filter.class));
      this.all = Stream.concat(registered, springs).toList();
    }

    /** One request; at the end it is answered with {@link #REACHED}. */
    void serve(ServletRequest request, ServletResponse response)
        throws IOException, ServletException {
      from(0).doFilter(request, response);
    }

    private FilterChain from(int position) {
      return position == all.size()
          ? (request, response) -> ((HttpServletResponse) response).setStatus(REACHED)
          : (request, response) ->
              all.get(position).doFilter(request, response, from(position + 1));
    }

    @Override
    public void close() {
      application.close();
    }
  }
}
