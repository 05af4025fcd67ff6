package dev.holdfast.spring.webflux.look;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An exchange that nobody sent, to try what a converter makes of a credential. It has a request and
 * attributes; asking it for anything else fails.
 */
final class TrialExchange implements InvocationHandler {
  private final Request request;
  private final Map<String, Object> attributes = new ConcurrentHashMap<>();

  private TrialExchange(String authorization) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.AUTHORIZATION, authorization);
    this.request = new Request(headers);
  }

  /** A {@code GET /} with this {@code Authorization}. */
  static ServerWebExchange with(String authorization) {
    return (ServerWebExchange)
        Proxy.newProxyInstance(
            TrialExchange.class.getClassLoader(),
            new Class<?>[] {ServerWebExchange.class},
            new TrialExchange(authorization));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "getRequest" -> request;
      case "getAttributes" -> attributes;
      case "getFormData" -> Mono.just(new LinkedMultiValueMap<String, String>());
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> arguments != null && arguments[0] == proxy;
      case "toString" -> "a trial of a credential";
      default -> throw new UnsupportedOperationException("this exchange is a trial");
    };
  }

  private static final class Request extends AbstractServerHttpRequest {
    Request(HttpHeaders headers) {
      super(HttpMethod.GET, URI.create("https://localhost/"), null, headers);
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
    @SuppressWarnings("TypeParameterUnusedInFormals") // Spring's own declaration
    public <T> T getNativeRequest() {
      throw new IllegalStateException("this request is a trial");
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return Flux.empty();
    }
  }
}
