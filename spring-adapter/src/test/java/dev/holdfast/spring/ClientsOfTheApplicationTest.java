package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * The HTTP client that Holdfast brings becomes the application's own: what one caller's answer
 * brought must not go along with the next one's request (C85).
 */
@Tag("verify")
class ClientsOfTheApplicationTest {
  private static final String CHOSEN =
      "spring.http.clients.imperative.factory=http-components,"
          + "spring.http.client.factory=http-components";

  private final List<String> cookies = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/", this::answer);
    service.setExecutor(threads);
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
    threads.shutdownNow();
  }

  /** The first request is told to come again. */
  private void answer(HttpExchange exchange) throws IOException {
    boolean isFirst = cookies.isEmpty();
    cookies.add(String.join(", ", exchange.getRequestHeaders().getOrDefault("Cookie", List.of())));
    exchange.getResponseHeaders().set("Set-Cookie", "session=first; Path=/");
    exchange.getResponseHeaders().set("Retry-After", "0");
    exchange.sendResponseHeaders(isFirst ? 503 : 204, -1);
    exchange.close();
  }

  private int call(ClientHttpRequestFactory clients) throws IOException {
    return call(clients, "/");
  }

  private int call(ClientHttpRequestFactory clients, String path) throws IOException {
    URI target = URI.create("http://127.0.0.1:" + service.getAddress().getPort() + path);
    try (ClientHttpResponse response = clients.createRequest(target, HttpMethod.GET).execute()) {
      return response.getStatusCode().value();
    }
  }

  private static void meet(CyclicBarrier all) throws IOException {
    try {
      all.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
      throw new IOException(alone);
    }
  }

  private static ConfigurableApplicationContext application(String... properties) {
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .properties(properties)
        .run();
  }

  private static ClientHttpRequestFactory clients(ConfigurableApplicationContext application) {
    return application.getBean(ClientHttpRequestFactoryBuilder.class).build();
  }

  @Test
  void noCookieIsKeptAndNothingIsSentTwice_C85() throws IOException {
    try (ConfigurableApplicationContext application = application()) {
      ClientHttpRequestFactory clients = clients(application);
      assertThat(clients.getClass().getSimpleName()).startsWith("HttpComponents");
      assertThat(call(clients)).isEqualTo(503);
      assertThat(call(clients)).isEqualTo(204);
      assertThat(cookies).containsExactly("", "");
    }
  }

  /** Apache's own limit is five to a host: open streams would stop everybody who comes later. */
  @Test
  void slowAnswersStopNobody() throws Exception {
    int callers = 12;
    CyclicBarrier all = new CyclicBarrier(callers);
    service.createContext(
        "/slow",
        exchange -> {
          meet(all);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    try (ConfigurableApplicationContext application = application()) {
      ClientHttpRequestFactory clients = clients(application);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        answers.add(threads.submit(() -> call(clients, "/slow")));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(204);
      }
    }
  }

  /** It is as its own documentation says. */
  @Test
  void aClientThatTheApplicationHasNamedIsLeftAlone() throws IOException {
    try (ConfigurableApplicationContext application = application(CHOSEN.split(",", -1))) {
      ClientHttpRequestFactory clients = clients(application);
      assertThat(call(clients)).isEqualTo(204);
      assertThat(call(clients)).isEqualTo(204);
      assertThat(cookies).containsExactly("", "session=first", "session=first");
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}
}
