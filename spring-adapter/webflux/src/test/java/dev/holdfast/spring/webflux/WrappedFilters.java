package dev.holdfast.spring.webflux;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.AbstractLazyCreationTargetSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.ReactorContextWebFilter;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Filters of the application's that hold what takes tokens. */
final class WrappedFilters {
  private WrappedFilters() {}

  @Configuration(proxyBeanMethods = false)
  static class WrappedInALambda {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      AuthenticationWebFilter filter = UnknownParts.bearer();
      return UnknownParts.with(http, (exchange, chain) -> filter.filter(exchange, chain));
    }
  }

  /** Around something, in an object of the application's. */
  record Wrapping(Optional<List<Object>> held) implements WebFilter {
    static Wrapping of(Object held) {
      return new Wrapping(Optional.of(List.of(held)));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
      Object first = held.orElseThrow().get(0);
      return first instanceof WebFilter filter ? filter.filter(exchange, chain) : Mono.empty();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class WrappedInAClass {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return UnknownParts.with(http, Wrapping.of(Wrapping.of(UnknownParts.bearer())));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ProxyInAChain {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      WebFilterChainProxy proxy = new WebFilterChainProxy(UnknownParts.bearerChain());
      return UnknownParts.with(
          http, (exchange, chain) -> Mono.defer(() -> proxy.filter(exchange, chain)));
    }
  }

  /** It has a decoder, and lines of its own. */
  record Decoding(ReactiveJwtDecoder decoder) implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
      return decoder.decode("token").then(chain.filter(exchange));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnLines {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return UnknownParts.with(http, new Decoding(UnknownParts.DECODER));
    }
  }

  /** What makes the filter for each request is there at the start. */
  @Configuration(proxyBeanMethods = false)
  static class RepositoryInALambda {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      ServerSecurityContextRepository repository = new UnknownParts.TokenRepository();
      return UnknownParts.with(
          http,
          (exchange, chain) -> new ReactorContextWebFilter(repository).filter(exchange, chain));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Supplied {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      SingletonSupplier<WebFilter> supplier = SingletonSupplier.of(UnknownParts.bearer());
      return UnknownParts.with(
          http, (exchange, chain) -> supplier.obtain().filter(exchange, chain));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ProxyOfTheJdks {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      AuthenticationWebFilter filter = UnknownParts.bearer();
      return UnknownParts.with(
          http,
          (WebFilter)
              Proxy.newProxyInstance(
                  WrappedFilters.class.getClassLoader(),
                  new Class<?>[] {WebFilter.class},
                  (proxy, method, arguments) -> method.invoke(filter, arguments)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Aspect {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return UnknownParts.with(
          http, (WebFilter) new ProxyFactory(UnknownParts.bearer()).getProxy());
    }
  }

  /** Its filter is there in a request only, as that of a scope. */
  @Configuration(proxyBeanMethods = false)
  static class Scoped {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      ProxyFactory scoped = new ProxyFactory();
      scoped.setInterfaces(WebFilter.class);
      scoped.setTargetSource(
          new AbstractLazyCreationTargetSource() {
            @Override
            protected Object createObject() {
              throw new IllegalStateException("there is no request");
            }
          });
      return UnknownParts.with(http, (WebFilter) scoped.getProxy());
    }
  }

  /** A word for a filter that takes tokens all the same. */
  @TakesNoAccessTokens
  static final class Bearer extends AuthenticationWebFilter {
    Bearer() {
      super(new JwtReactiveAuthenticationManager(UnknownParts.DECODER));
      setServerAuthenticationConverter(new ServerBearerTokenAuthenticationConverter());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class WronglyVouched {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return UnknownParts.with(http, new Bearer());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ProxyInALambdaBean {
    @Bean
    WebFilter unseen() {
      WebFilterChainProxy proxy = new WebFilterChainProxy(UnknownParts.bearerChain());
      return (exchange, chain) -> proxy.filter(exchange, chain);
    }
  }

  /** The lambda has the configuration class, which has the filter. */
  @Configuration
  static class FilterOfAConfiguration {
    private final AuthenticationWebFilter filter = UnknownParts.bearer();

    @Bean
    WebFilter unseen() {
      return (exchange, chain) -> filter.filter(exchange, chain);
    }
  }

  /** It is empty as yet. */
  @Configuration(proxyBeanMethods = false)
  static class OwnChainInAFilterBean {
    @Bean
    WebFilter unseen() {
      return Wrapping.of(new UnknownParts.OwnChain(Flux.empty()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ChainInAFilterBean {
    @Bean
    WebFilter unseen() {
      return Wrapping.of(UnknownParts.bearerChain());
    }
  }

  /** It puts a filter around those of every chain. */
  @Configuration(proxyBeanMethods = false)
  static class Decorated {
    @Bean
    static BeanPostProcessor decorating() {
      AuthenticationWebFilter filter = UnknownParts.bearer();
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          if (bean instanceof WebFilterChainProxy proxy) {
            proxy.setFilterChainDecorator(
                (chain, filters) -> exchange -> filter.filter(exchange, chain));
          }
          return bean;
        }
      };
    }
  }

  /** Names what would stop the start. */
  @Configuration(proxyBeanMethods = false)
  static class Others {
    @Bean
    ChainsOfOthers others() {
      return new ChainsOfOthers(Set.of("unseen"));
    }
  }
}
