package dev.holdfast.benchmarks;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.session.DefaultWebSessionManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A real TLS connection to Reactor Netty, with a client certificate and one request that is never
 * answered. Exchanges made of it have the connection's certificate and a token of their own.
 */
final class HeldConnection implements AutoCloseable {
  private static final URI TARGET = URI.create("https://localhost/accounts/17");
  private static final long WAIT_SECONDS = 30;

  private final HttpServerRequest request;
  private final ServerCodecConfigurer codecs = ServerCodecConfigurer.create();
  private final DefaultWebSessionManager sessions = new DefaultWebSessionManager();
  private final AcceptHeaderLocaleContextResolver locales = new AcceptHeaderLocaleContextResolver();
  private final DisposableServer server;
  private final CompletableFuture<HttpResponse<Void>> call;

  HeldConnection(Specimens specimens) {
    CompletableFuture<HttpServerRequest> received = new CompletableFuture<>();
    server =
        HttpServer.create()
            .host(InetAddress.getLoopbackAddress().getHostAddress())
            .port(0)
            .secure(tls -> tls.sslContext(asking(specimens)))
            .handle(
                (asked, response) -> {
                  received.complete(asked);
                  return Mono.never();
                })
            .bindNow();
    HttpClient client = HttpClient.newBuilder().sslContext(specimens.clientTls()).build();
    call =
        client.sendAsync(
            HttpRequest.newBuilder(
                    URI.create("https://localhost:" + server.port() + "/accounts/17"))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    request = received.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private static JdkSslContext asking(Specimens specimens) {
    return new JdkSslContext(
        specimens.serverTls(),
        false,
        null,
        IdentityCipherSuiteFilter.INSTANCE,
        ApplicationProtocolConfig.DISABLED,
        ClientAuth.REQUIRE,
        null,
        false);
  }

  /** One request of the connection's client. */
  ServerWebExchange exchange(String token) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    return new DefaultServerWebExchange(
        new Request(headers), new MockServerHttpResponse(), sessions, codecs, locales);
  }

  @Override
  public void close() {
    call.cancel(true);
    server.disposeNow();
  }

  private final class Request extends AbstractServerHttpRequest {
    Request(HttpHeaders headers) {
      super(HttpMethod.GET, TARGET, "", headers);
    }

    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
      return new LinkedMultiValueMap<>();
    }

    @Override
    protected @Nullable SslInfo initSslInfo() {
      return null;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Spring has it
    public <T> T getNativeRequest() {
      return (T) request;
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return Flux.empty();
    }
  }
}
