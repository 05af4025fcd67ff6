package dev.holdfast.spring.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.contract.Api;
import dev.holdfast.testing.contract.ContractFixture;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** Servers of these configurations, with a rightful client and a thief. */
final class Fixture implements AutoCloseable {
  private final List<NettyServer> started = new CopyOnWriteArrayList<>();
  private final ContractFixture contract;

  Fixture(Class<?>... configurations) {
    contract =
        new ContractFixture(
            spec -> {
              NettyServer server = NettyServer.start(spec, configurations);
              started.add(server);
              return server;
            });
  }

  ContractFixture contract() {
    return contract;
  }

  Api api(String... settings) {
    return contract.api(settings);
  }

  /** The bean of the server that was started last. */
  <T> T bean(Class<T> type) {
    return started.get(started.size() - 1).context().getBean(type);
  }

  String bound() {
    return contract.issuer().jwt(contract.boundClaims());
  }

  String unbound() {
    return contract.issuer().jwt(contract.issuer().claims(null));
  }

  String boundOpaque() {
    return contract.issuer().opaque(contract.boundClaims());
  }

  String unboundOpaque() {
    return contract.issuer().opaque(contract.issuer().claims(null));
  }

  /** The rightful caller is served with this principal, the thief and anybody else is not. */
  static void assertEnforced(Api api, String path, String token, String principal) {
    HttpResponse<String> served = api.rightful().get(path, token);
    assertThat(served.statusCode()).as(path).isEqualTo(200);
    assertThat(served.body()).isEqualTo(principal);
    assertRefused(api.thief().get(path, token));
    assertRefused(api.anonymous().get(path, token));
  }

  static void assertRefused(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().allValues("WWW-Authenticate").get(0))
        .startsWith("Bearer error=\"invalid_token\"");
    assertThat(response.body()).isEmpty();
  }

  @Override
  public void close() {
    contract.close();
  }

  static Mono<Void> answer(ServerWebExchange exchange, String text) {
    ServerHttpResponse response = exchange.getResponse();
    response.setStatusCode(HttpStatusCode.valueOf(200));
    return response.writeWith(Mono.just(response.bufferFactory().wrap(text.getBytes(UTF_8))));
  }

  /** Answers with the kind of the authentication and the caller's name. */
  static final class WhoAmI implements WebHandler {
    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
      return ReactiveSecurityContextHolder.getContext()
          .map(
              context ->
                  context.getAuthentication().getClass().getSimpleName()
                      + ' '
                      + context.getAuthentication().getName())
          .defaultIfEmpty("nobody")
          .flatMap(text -> answer(exchange, text));
    }
  }
}
