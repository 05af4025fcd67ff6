package dev.holdfast.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.spring.webflux.HoldfastAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A service behind the gateway that has Holdfast too, and believes the gateway alone. It stands
 * outside of the gateway's package, which looks for components there.
 */
public final class Service implements AutoCloseable {
  /** What both are called, whatever the port. */
  public static final String EXTERNAL = "https://api.example";

  private final ConfigurableApplicationContext context;

  /**
   * A running one.
   *
   * @param issuers settings with the issuers
   * @param externalUri what clients write before its paths
   * @param more what a service that believes the gateway has in addition
   */
  public Service(String[] issuers, String externalUri, String... more) {
    String[] settings = {
      "--spring.cloud.gateway.server.webflux.enabled=false",
      "--holdfast.certificate.source=header",
      "--holdfast.certificate.header.format=rfc9440",
      "--holdfast.proxies.trusted=127.0.0.1/32",
      "--holdfast.proxies.external-uri=" + externalUri
    };
    this.context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.REACTIVE)
            .run(Stream.of(issuers, settings, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  /** Its own address, which no client knows. */
  public String uri() {
    return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
  }

  /** How many requests came here, refused ones too. */
  public int arrived() {
    return context.getBean(AtomicInteger.class).get();
  }

  /** It is refused, and nothing of it arrives here. */
  public void assertUntouched(Call call) throws Exception {
    int before = arrived();
    assertThat(call.status()).isEqualTo(401);
    assertThat(arrived()).as("requests that the gateway passed on").isEqualTo(before);
  }

  /** A request, and the status of its answer. */
  @FunctionalInterface
  public interface Call {
    int status() throws Exception;
  }

  @Override
  public void close() {
    context.close();
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    AtomicInteger arrived() {
      return new AtomicInteger();
    }

    /** Before Spring Security, which also refuses. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter counting(AtomicInteger arrived) {
      return (exchange, chain) -> {
        arrived.incrementAndGet();
        return chain.filter(exchange);
      };
    }

    @Bean
    Endpoints endpoints() {
      return new Endpoints();
    }

    @Bean
    HandlerMapping webSocket() {
      WebSocketHandler echo = Application::echo;
      return new SimpleUrlHandlerMapping(Map.of("/echo", echo), Ordered.HIGHEST_PRECEDENCE);
    }

    private static Mono<Void> echo(WebSocketSession session) {
      return session.send(
          session.receive().map(message -> session.textMessage(message.getPayloadAsText())));
    }
  }

  @RestController
  static class Endpoints {
    @GetMapping({"/me", "/accounts/{name}"})
    String me(@RequestAttribute(HoldfastAttributes.BINDING) Binding binding) {
      return binding.method().propertyName() + ' ' + binding.digest().toBase64Url();
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> events() {
      return Flux.just("one", "two");
    }
  }
}
