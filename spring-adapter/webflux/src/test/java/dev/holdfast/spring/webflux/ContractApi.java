package dev.holdfast.spring.webflux;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;
import dev.holdfast.Sha256Digest;
import java.security.Principal;
import java.security.cert.CertificateEncodingException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** The contract's endpoints, as far as there are any without forwards and includes. */
final class ContractApi implements WebHandler {
  private final AtomicInteger reached = new AtomicInteger();

  int reached() {
    return reached.get();
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange) {
    String path = dispatchedPath(exchange.getRequest());
    if (path.equals("/public/ping")) {
      return answer(exchange, 200, "pong");
    }
    reached.incrementAndGet();
    return switch (path) {
      case "/me", "/async", "/forward" -> identity(exchange, 200);
      case "/payments" -> identity(exchange, 201);
      case "/seen" -> answer(exchange, 200, seen(exchange.getRequest()));
      default -> answer(exchange, 200, json(path));
    };
  }

  private static String dispatchedPath(ServerHttpRequest request) {
    StringBuilder path = new StringBuilder();
    for (PathContainer.Element element : request.getPath().pathWithinApplication().elements()) {
      path.append(
          element instanceof PathContainer.PathSegment segment
              ? segment.valueToMatch()
              : element.value());
    }
    return path.toString();
  }

  /** Where the policy is off, Spring Security alone knows the caller. */
  private static Mono<Void> identity(ServerWebExchange exchange, int status) {
    AccessToken token = exchange.getAttribute(HoldfastAttributes.ACCESS_TOKEN);
    Binding binding = exchange.getAttribute(HoldfastAttributes.BINDING);
    return exchange
        .getPrincipal()
        .map(Principal::getName)
        .flatMap(
            subject ->
                answer(
                    exchange,
                    status,
                    String.format(
                        "{\"subject\":\"%s\",\"issuer\":\"%s\",\"client\":\"%s\",\"binding\":\"%s\","
                            + "\"thumbprint\":%s}",
                        subject,
                        token == null ? "" : token.issuer(),
                        token == null ? "" : token.clientId(),
                        binding == null ? "none" : binding.method().propertyName(),
                        binding == null ? "null" : '"' + binding.digest().toBase64Url() + '"')));
  }

  private static String seen(ServerHttpRequest request) {
    StringBuilder lines = new StringBuilder();
    request
        .getHeaders()
        .forEach(
            (name, values) ->
                values.forEach(
                    value ->
                        lines
                            .append(name.toLowerCase(Locale.ROOT))
                            .append(": ")
                            .append(value)
                            .append('\n')));
    return lines
        .append("\nremote: ")
        .append(request.getRemoteAddress().getAddress().getHostAddress())
        .append("\ncertificate: ")
        .append(thumbprint(request.getSslInfo()))
        .append('\n')
        .toString();
  }

  private static String thumbprint(SslInfo tls) {
    if (tls == null || tls.getPeerCertificates() == null) {
      return "none";
    }
    try {
      return Sha256Digest.of(tls.getPeerCertificates()[0].getEncoded()).toBase64Url();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String json(String path) {
    StringBuilder json = new StringBuilder("{\"path\":\"");
    path.chars().forEach(character -> json.append(String.format("\\u%04x", character)));
    return json.append("\"}").toString();
  }

  private static Mono<Void> answer(ServerWebExchange exchange, int status, String text) {
    ServerHttpResponse response = exchange.getResponse();
    response.setStatusCode(HttpStatusCode.valueOf(status));
    response.getHeaders().setCacheControl("public, max-age=60");
    DataBuffer body = response.bufferFactory().wrap(text.getBytes(UTF_8));
    return exchange
        .getRequest()
        .getBody()
        .doOnNext(DataBufferUtils::release)
        .then(response.writeWith(Mono.just(body)));
  }
}
