package dev.holdfast.spring.webflux.look;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An exchange that nobody sent, to try where a converter looks for a token. It has a request and
 * attributes; asking it for anything else fails. The token in it is none.
 */
final class TrialExchange implements InvocationHandler {
  private static final String TOKEN = "aG9sZGZhc3Q.bG9va3M.YWZ0ZXJ3YXJkcw";

  /** No name can be guessed here, so that asking for cookies is what shows it. */
  static final String COOKIE = "a cookie";

  private final HttpMethod method;
  private final @Nullable String authorization;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Map<String, Object> attributes = new ConcurrentHashMap<>();

  private final Set<String> without;

  private TrialExchange(HttpMethod method, @Nullable String authorization, Set<String> without) {
    this.method = method;
    this.authorization = authorization;
    this.without = Set.copyOf(without);
  }

  /**
   * A token in every parameter, and in every field but {@code Authorization}.
   *
   * @param without places, as {@link #asked} names them, that have none
   */
  static TrialExchange elsewhere(HttpMethod method, Set<String> without) {
    return new TrialExchange(method, null, without);
  }

  /** A token in {@code Authorization} alone. */
  static TrialExchange inAuthorization() {
    return new TrialExchange(HttpMethod.GET, "Bearer " + TOKEN, Set.of());
  }

  /** Where somebody looked for a token beside {@code Authorization}. */
  Set<String> asked() {
    return asked;
  }

  ServerWebExchange exchange() {
    return (ServerWebExchange)
        Proxy.newProxyInstance(
            TrialExchange.class.getClassLoader(), new Class<?>[] {ServerWebExchange.class}, this);
  }

  @Override
  public Object invoke(Object proxy, Method called, Object @Nullable [] arguments) {
    return switch (called.getName()) {
      case "getRequest" -> new Request();
      case "getAttributes" -> attributes;
      case "getFormData" -> Mono.just(new Values("the form's parameter "));
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> arguments != null && arguments[0] == proxy;
      case "toString" -> "a trial of a credential";
      default -> throw new UnsupportedOperationException("this exchange is a trial");
    };
  }

  /** What anybody asks for by name is there. */
  private final class Values extends LinkedMultiValueMap<String, String> {
    private static final long serialVersionUID = 1L;
    private final String place;

    Values(String place) {
      this.place = place;
    }

    @Override
    public @Nullable List<String> get(@Nullable Object name) {
      String value = value(String.valueOf(name).toLowerCase(Locale.ROOT));
      return value == null ? null : List.of(value);
    }

    @Override
    public @Nullable String getFirst(String name) {
      return value(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      return get(name) != null;
    }

    private @Nullable String value(String name) {
      if (place.equals(Request.FIELD)) {
        if (name.equals("authorization")) {
          return authorization;
        }
        if (name.equals("content-type")) {
          return MediaType.APPLICATION_FORM_URLENCODED_VALUE;
        }
      }
      if (authorization != null || without.contains(place + name)) {
        return null;
      }
      asked.add(place + name);
      return place.equals(Request.FIELD) ? "Bearer " + TOKEN : TOKEN;
    }
  }

  private final class Request extends AbstractServerHttpRequest {
    static final String FIELD = "the field ";

    Request() {
      super(method, URI.create("https://localhost/"), null, new HttpHeaders(new Values(FIELD)));
    }

    @Override
    public MultiValueMap<String, String> getQueryParams() {
      return new Values("the parameter ");
    }

    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
      asked.add(COOKIE);
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
