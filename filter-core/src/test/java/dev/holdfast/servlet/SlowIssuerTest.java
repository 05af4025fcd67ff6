package dev.holdfast.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.testing.Await;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** C81: an issuer that does not answer holds few threads of a real container. */
@Tag("whole")
class SlowIssuerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final Tomcat tomcat = new Tomcat();
  private final ExecutorService issuerThreads = Executors.newCachedThreadPool();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer issuer;
  @TempDir Path directory;

  @BeforeEach
  void start() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    issuer.setExecutor(issuerThreads);
    issuer.createContext("/", this::answer);
    issuer.start();
  }

  @AfterEach
  void stop() throws Exception {
    mayAnswer.countDown();
    tomcat.stop();
    tomcat.destroy();
    issuer.stop(0);
    issuerThreads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      asked.incrementAndGet();
      mayAnswer.await();
      byte[] body = "{\"active\":false}".getBytes(US_ASCII);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String issuer(String path) {
    return "http://127.0.0.1:" + issuer.getAddress().getPort() + path;
  }

  private void container(int threads, Map<String, String> settings) throws Exception {
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    tomcat.getConnector().setProperty("maxThreads", "" + threads);
    Context context = tomcat.addContext("", directory.toString());
    context.addServletContainerInitializer(
        (classes, servlets) -> add(servlets, settings), Set.of());
    tomcat.start();
  }

  private static void add(ServletContext context, Map<String, String> settings) {
    FilterRegistration.Dynamic filter = context.addFilter("holdfast", new HoldfastFilter());
    filter.setInitParameters(settings);
    filter.addMappingForUrlPatterns(null, false, "/api/*");
    context.addServlet("page", new Page()).addMapping("/*");
  }

  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(200);
    }
  }

  private HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path));
  }

  private List<CompletableFuture<HttpResponse<Void>>> flood(
      int requests, IntFunction<String> tokens) {
    List<CompletableFuture<HttpResponse<Void>>> flood = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      HttpRequest request =
          get("/api/me").header("Authorization", "Bearer " + tokens.apply(i)).build();
      flood.add(client.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
    }
    return flood;
  }

  private static long answered(List<CompletableFuture<HttpResponse<Void>>> flood) {
    return flood.stream().filter(CompletableFuture::isDone).count();
  }

  /** While the issuer is silent, all but so many are answered with 503, and the rest is open. */
  private void assertLive(List<CompletableFuture<HttpResponse<Void>>> flood, int held)
      throws Exception {
    assertThat(Await.within(PATIENCE, () -> answered(flood) >= flood.size() - held)).isTrue();
    HttpRequest ping = get("/public/ping").timeout(PATIENCE).build();
    assertThat(client.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
    assertThat(flood.size() - answered(flood)).isLessThanOrEqualTo(held);
    for (CompletableFuture<HttpResponse<Void>> one : flood) {
      if (one.isDone()) {
        assertThat(one.join().statusCode()).isEqualTo(503);
        assertThat(one.join().headers().firstValue("Retry-After")).isPresent();
      }
    }
    mayAnswer.countDown();
    for (CompletableFuture<HttpResponse<Void>> one : flood) {
      assertThat(one.join().statusCode()).isIn(401, 503);
    }
  }

  private Map<String, String> introspection(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "tokens.issuers[0].introspection.uri", issuer("/introspect"),
                "tokens.issuers[0].introspection.client-id", "api",
                "tokens.issuers[0].introspection.client-secret", "throw-away",
                "tokens.issuers[0].introspection.timeout", "60s",
                "policy", "when-bound"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  @Test
  void randomTokensHoldFiftyThreadsOfTheUsualTwoHundred_C81() throws Exception {
    container(200, introspection());
    List<CompletableFuture<HttpResponse<Void>>> flood = flood(400, i -> "random-" + i);
    assertLive(flood, 50);
    assertThat(asked).hasValue(50);
  }

  @ParameterizedTest
  @CsvSource({"30, 8", "12, 1"})
  void theLimitIsTheOneThatIsConfigured_C81(int threads, int limit) throws Exception {
    container(threads, introspection("tokens.issuers[0].max-concurrent-calls", "" + limit));
    List<CompletableFuture<HttpResponse<Void>>> flood = flood(5 * threads, i -> "random-" + i);
    assertLive(flood, limit);
    assertThat(asked).hasValue(limit);
  }

  @Test
  void oneTokenSentByManyHoldsFewThreadsToo_C81() throws Exception {
    container(30, introspection("tokens.issuers[0].max-concurrent-calls", "8"));
    List<CompletableFuture<HttpResponse<Void>>> flood = flood(150, i -> "always-the-same");
    assertLive(flood, 1 + 8);
    assertThat(asked).hasValue(1);
  }

  @Test
  void aSlowKeySetHoldsFewThreadsToo_C81() throws Exception {
    container(
        30,
        Map.of(
            "tokens.issuers[0].issuer",
            issuer(""),
            "tokens.issuers[0].jwk-set-uri",
            issuer("/keys"),
            "tokens.issuers[0].audiences",
            "https://api.example",
            "tokens.issuers[0].max-concurrent-calls",
            "8"));
    List<CompletableFuture<HttpResponse<Void>>> flood = flood(150, this::jwt);
    assertLive(flood, 8);
    assertThat(asked).as("not once for each token").hasValueLessThan(3);
  }

  private String jwt(int number) {
    return base64url("{\"alg\":\"ES256\",\"kid\":\"" + number + "\"}")
        + "."
        + base64url("{\"iss\":\"" + issuer("") + "\",\"sub\":\"" + number + "\"}")
        + "."
        + base64url("s".repeat(64));
  }

  private static String base64url(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
  }
}
