package dev.holdfast.benchmarks;

import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.spring.webflux.HoldfastIssuers;
import dev.holdfast.spring.webflux.HoldfastWebFluxConfiguration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.handler.DefaultWebFilterChain;
import reactor.core.publisher.Mono;

/** Two applications on WebFlux with one chain: a resource server for JWTs. */
final class ReactiveApplications {
  private ReactiveApplications() {}

  /** With Holdfast, whose issuers verify the tokens. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class WithHoldfast {
    @Bean
    SecurityWebFilterChain api(ServerHttpSecurity http, HoldfastIssuers issuers) {
      return common(http)
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers.resolver()))
          .build();
    }
  }

  /** Spring Security alone. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class WithoutHoldfast {
    @Bean
    SecurityWebFilterChain api(ServerHttpSecurity http) {
      return common(http)
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }
  }

  /** The same chain for everybody: it asks for no token. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Open {
    @Bean
    SecurityWebFilterChain api(ServerHttpSecurity http) {
      return http.authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
          .csrf(ServerHttpSecurity.CsrfSpec::disable)
          .build();
    }
  }

  private static ServerHttpSecurity common(ServerHttpSecurity http) {
    return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
        .csrf(ServerHttpSecurity.CsrfSpec::disable);
  }

  static Filters open() {
    return start(context -> context.register(Open.class));
  }

  static Filters holdfast(Specimens specimens) {
    return start(
        context -> {
          context.registerBean(HoldfastSettings.class, () -> HoldfastSide.settings(specimens));
          context.register(HoldfastWebFluxConfiguration.class, WithHoldfast.class);
        });
  }

  /** Its decoder has the key in memory, and checks dates, issuer and type. */
  static Filters springAlone(Specimens specimens) {
    NimbusReactiveJwtDecoder decoder =
        NimbusReactiveJwtDecoder.withPublicKey(specimens.rsaPublicKey()).build();
    decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(specimens.issuer()));
    return start(
        context -> {
          context.registerBean(ReactiveJwtDecoder.class, () -> decoder);
          context.register(WithoutHoldfast.class);
        });
  }

  private static Filters start(Consumer<AnnotationConfigApplicationContext> parts) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(
        WebHttpHandlerBuilder.SERVER_CODEC_CONFIGURER_BEAN_NAME,
        ServerCodecConfigurer.class,
        ServerCodecConfigurer::create);
    parts.accept(context);
    context.refresh();
    return new Filters(context);
  }

  /** What stands before the application's handlers, in the server's order. */
  static final class Filters implements AutoCloseable {
    private final AnnotationConfigApplicationContext application;
    private final DefaultWebFilterChain all;

    private Filters(AnnotationConfigApplicationContext application) {
      this.application = application;
      List<WebFilter> filters =
          application.getBeanProvider(WebFilter.class).orderedStream().toList();
      this.all = new DefaultWebFilterChain(Filters::reached, filters);
    }

    private static Mono<Void> reached(ServerWebExchange exchange) {
      exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
      return Mono.empty();
    }

    /** One request; a refusal would make a meaningless number, so it ends the run. */
    ServerWebExchange serve(ServerWebExchange exchange) {
      all.filter(exchange).block();
      if (exchange.getResponse().getStatusCode() != HttpStatus.NO_CONTENT) {
        throw new IllegalStateException(
            "a rightful request was refused: " + exchange.getResponse().getStatusCode());
      }
      return exchange;
    }

    @Override
    public void close() {
      application.close();
    }
  }
}
