package dev.holdfast.spring.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.reading.SettingsReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.server.reactive.ContextPathCompositeHandler;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Where the metadata is below a base path, and below a prefix that only a header knows (C40). */
class MetadataBasePathTest {
  private static final String PATH = "Seen-Path";
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  /** An application with this resource, and what somebody calls on it. */
  private record Running(AnnotationConfigApplicationContext context, DisposableServer netty)
      implements AutoCloseable {

    static Running start(String basePath, String resource, String... more) {
      Map<String, String> settings = new HashMap<>();
      for (int i = 0; i < more.length; i += 2) {
        settings.put(more[i], more[i + 1]);
      }
      settings.put("holdfast.tokens.issuers[0].issuer", "https://localhost:1");
      settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
      settings.put("holdfast.metadata.enabled", "true");
      settings.put("holdfast.metadata.resource", resource);
      AnnotationConfigApplicationContext context =
          NettyServer.context(
              SettingsReader.read(settings),
              beans -> {
                beans.registerBean(
                    WebHttpHandlerBuilder.FORWARDED_HEADER_TRANSFORMER_BEAN_NAME,
                    ForwardedHeaderTransformer.class,
                    () -> new ForwardedHeaderTransformer());
                beans.registerBean(WebFilter.class, () -> Running::tell);
              },
              WebFluxContractTest.Application.class);
      HttpHandler handler = WebHttpHandlerBuilder.applicationContext(context).build();
      HttpHandler below =
          basePath.isEmpty() ? handler : new ContextPathCompositeHandler(Map.of(basePath, handler));
      return new Running(
          context,
          HttpServer.create()
              .host(InetAddress.getLoopbackAddress().getHostAddress())
              .port(0)
              .handle(new ReactorHttpHandlerAdapter(below))
              .bindNow());
    }

    private static Mono<Void> tell(ServerWebExchange exchange, WebFilterChain chain) {
      exchange.getResponse().getHeaders().set(PATH, exchange.getRequest().getPath().value());
      return chain.filter(exchange);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + netty.port() + path));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
      netty.disposeNow();
      context.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',   https://api.example/app, '/.well-known/oauth-protected-resource/app'",
    "/app, https://api.example/app, '/app/.well-known/oauth-protected-resource'"
  })
  void theAddressInAChallengeIsServed_C40(String basePath, String resource, String place)
      throws Exception {
    try (Running application = Running.start(basePath, resource)) {
      HttpResponse<String> refused = application.get(basePath + "/me");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().allValues("WWW-Authenticate"))
          .isNotEmpty()
          .allSatisfy(
              challenge ->
                  assertThat(challenge)
                      .endsWith("resource_metadata=\"https://api.example" + place + '"'));
      HttpResponse<String> document = application.get(place);
      assertThat(document.statusCode()).isEqualTo(200);
      assertThat(document.body()).startsWith("{\"resource\":\"" + resource + "\",");
      assertThat(application.get(basePath + WELL_KNOWN + "/x").statusCode()).isEqualTo(401);
    }
  }

  /** Whose forwarding counts is said: to a stranger's, nobody behind Holdfast listens. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,   x-forwarded, /public/ping",
    "127.0.0.1/32, x-forwarded, /evil/public/ping",
    "127.0.0.1/32, none,        /evil/public/ping"
  })
  void onlyATrustedProxysPrefixIsInFront_T56(String trusted, String forwarding, String seen)
      throws Exception {
    try (Running application =
        Running.start(
            "",
            "https://api.example/app",
            "holdfast.proxies.trusted",
            trusted,
            "holdfast.proxies.forwarding",
            forwarding)) {
      assertThat(
              application
                  .get("/public/ping", "X-Forwarded-Prefix", "/evil")
                  .headers()
                  .firstValue(PATH))
          .hasValue(seen);
    }
  }

  /** Spring takes a forwarded prefix for the context path, whoever wrote it. */
  @Test
  void aPrefixThatOnlyAHeaderKnowsMovesNothing_C40() throws Exception {
    try (Running application = Running.start("", "https://api.example/app")) {
      String[] prefix = {"X-Forwarded-Prefix", "/app"};
      assertThat(application.get(WELL_KNOWN, prefix).statusCode()).isEqualTo(200);
      assertThat(application.get("/me", prefix).headers().allValues("WWW-Authenticate"))
          .isNotEmpty()
          .allSatisfy(
              challenge ->
                  assertThat(challenge).endsWith("=\"https://api.example" + WELL_KNOWN + "/app\""));
    }
  }
}
