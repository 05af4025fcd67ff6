package dev.holdfast.spring;

import dev.holdfast.spring.events.ConfirmedEventPublisher;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.security.AuthenticationAuditListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerAuthenticationManagerResolver;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;

/** Chains with Spring Security's own checks, and what is said about their refusals. */
final class SaidChains {
  private SaidChains() {}

  /** Hears what Spring Security and Boot say. */
  @Configuration
  static class Desk {
    static final List<AbstractAuthenticationFailureEvent> FAILURES = new CopyOnWriteArrayList<>();
    static final List<AuditEvent> AUDITED = new CopyOnWriteArrayList<>();
    static final List<String> OBSERVED = new CopyOnWriteArrayList<>();

    static void clear() {
      FAILURES.clear();
      AUDITED.clear();
      OBSERVED.clear();
    }

    @EventListener
    void failed(AbstractAuthenticationFailureEvent event) {
      FAILURES.add(event);
    }

    @EventListener
    void audited(AuditApplicationEvent event) {
      AUDITED.add(event.getAuditEvent());
    }

    /** What Boot's actuator brings where the application has a repository of audit events. */
    @Bean
    AuthenticationAuditListener auditListener() {
      return new AuthenticationAuditListener();
    }

    @Bean
    ObservationRegistry observations() {
      ObservationRegistry registry = ObservationRegistry.create();
      registry
          .observationConfig()
          .observationHandler(
              new ObservationHandler<Observation.Context>() {
                @Override
                public void onStop(Observation.Context context) {
                  if ("spring.security.authentications".equals(context.getName())) {
                    OBSERVED.add(context.getError() == null ? "success" : "failure");
                  }
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                  return true;
                }
              });
      return registry;
    }
  }

  /** With Spring Security's default validators, the thumbprint's among them. */
  static NimbusJwtDecoder springs() {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(ChainsFixture.issuer.jwkSetUri())
            .validateType(false)
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(ChainsFixture.issuer.issuer()),
            new JwtClaimValidator<List<String>>(
                "aud", aud -> aud != null && aud.contains("https://api.test"))));
    return decoder;
  }

  @Configuration
  static class OwnDecoder {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(springs())))
          .build();
    }
  }

  /** A decoder as an aspect makes it. */
  @Configuration
  static class AdvisedDecoder {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      ProxyFactory advised = new ProxyFactory();
      advised.setInterfaces(JwtDecoder.class);
      advised.setTarget(springs());
      return authenticated(http)
          .oauth2ResourceServer(
              server -> server.jwt(jwt -> jwt.decoder((JwtDecoder) advised.getProxy())))
          .build();
    }
  }

  @Configuration
  static class Tenants {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(
              server ->
                  server.authenticationManagerResolver(
                      JwtIssuerAuthenticationManagerResolver.fromTrustedIssuers(
                          ChainsFixture.issuer.issuer())))
          .build();
    }
  }

  @Configuration
  static class OwnResolver {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      AuthenticationManager tenant = new ProviderManager(new JwtAuthenticationProvider(springs()));
      AuthenticationManagerResolver<HttpServletRequest> resolver =
          request -> Map.of("tenant", tenant).get("tenant");
      return authenticated(http)
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(resolver))
          .build();
    }
  }

  /** One that refuses after the token was found to be good. */
  @Configuration
  static class LocksAfterwards {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      AuthenticationManager inner = new ProviderManager(new JwtAuthenticationProvider(springs()));
      ((ProviderManager) inner)
          .setAuthenticationEventPublisher(
              new ConfirmedEventPublisher(
                  new org.springframework.security.authentication
                      .DefaultAuthenticationEventPublisher()));
      AuthenticationManager locks =
          authentication -> {
            Authentication result = inner.authenticate(authentication);
            String client = ((Jwt) result.getPrincipal()).getClaimAsString("client_id");
            if ("oauth2".equals(client)) {
              throw new OAuth2AuthenticationException("not_this_one");
            }
            throw new LockedException("locked");
          };
      return authenticated(http)
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> locks))
          .build();
    }
  }

  /** An entry point of the application's own, of the kind that the setting names. */
  @Configuration
  static class EntryPoint {
    @Bean
    SecurityFilterChain chain(
        HttpSecurity http, org.springframework.core.env.Environment settings) {
      AuthenticationEntryPoint entryPoint = entryPoint(settings.getRequiredProperty("test.entry"));
      return authenticated(http)
          .oauth2ResourceServer(
              server -> server.jwt(Customizer.withDefaults()).authenticationEntryPoint(entryPoint))
          .build();
    }

    private static AuthenticationEntryPoint entryPoint(String kind) {
      return (request, response, failure) -> {
        response.setHeader("X-Problem", "yes");
        response.setHeader("WWW-Authenticate", "Basic");
        response.setHeader("Cache-Control", "public");
        switch (kind) {
          case "problem" -> {
            response.setStatus(403);
            response.setContentType("application/problem+json");
            response
                .getOutputStream()
                .write(("{\"detail\":\"" + text(failure) + "\"}").getBytes(StandardCharsets.UTF_8));
          }
          case "writer" -> response.getWriter().write("Größe");
          case "ok" -> {
            response.setStatus(200);
            response.getWriter().write("welcome");
          }
          case "commits" -> {
            response.setStatus(200);
            response.getWriter().write("early");
            response.flushBuffer();
            response.reset();
          }
          case "reads" -> response.getWriter().write(response.getHeader("WWW-Authenticate"));
          case "forwards" -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
              request.getRequestDispatcher("/sign-in").forward(request, response);
            }
          }
          case "redirects" -> response.sendRedirect("/login");
          case "error" -> response.sendError(500, "no");
          case "throws" -> throw new IOException("no");
          case "fails" -> throw new IllegalStateException("no");
          default -> throw new IllegalArgumentException(kind);
        }
      };
    }

    private static String text(AuthenticationException failure) {
      return failure.getMessage() + failure.getCause();
    }
  }

  private static HttpSecurity authenticated(HttpSecurity http) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
  }
}
