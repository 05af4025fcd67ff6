package dev.holdfast.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.AbstractLazyCreationTargetSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.util.AutoPopulatingList;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.context.annotation.RequestScope;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.filter.CompositeFilter;
import org.springframework.web.filter.DelegatingFilterProxy;

/** Filters of which nobody can tell at the start what they hold. */
final class UnseenFilters {
  private UnseenFilters() {}

  private static SecurityFilterChain of(Filter filter) {
    return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filter);
  }

  /** Passes every request on. */
  static class Plain implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(request, response);
    }
  }

  /** Makes its inner filter with the first request, and not before. */
  static class Failing extends Plain {
    final SingletonSupplier<Filter> inner =
        SingletonSupplier.of(
            () -> {
              throw new IllegalStateException("no request yet");
            });
  }

  @Configuration
  static class FailingSupplier {
    @Bean
    SecurityFilterChain legacy() {
      return of(new Failing());
    }
  }

  /** Declared as something else: Boot would try to register a filter, and fail. */
  @Configuration
  static class OfARequest {
    @Bean
    @Scope("request")
    Object perRequest() {
      return new UnenforcedChains.OwnBearerFilter();
    }

    @Bean
    SecurityFilterChain legacy() {
      return of(new DelegatingFilterProxy("perRequest"));
    }
  }

  @Configuration
  static class OfASession {
    @Bean
    @Scope("session")
    Object perSession() {
      return new UnenforcedChains.OwnBearerFilter();
    }

    @Bean
    SecurityFilterChain legacy() {
      return of(new DelegatingFilterProxy("perSession"));
    }
  }

  @Configuration
  static class WithoutAName {
    @Bean
    SecurityFilterChain legacy() {
      return of(new DelegatingFilterProxy());
    }
  }

  @Configuration
  static class AnotherContext {
    @Bean
    SecurityFilterChain legacy() {
      DelegatingFilterProxy proxy = new DelegatingFilterProxy("bearer");
      proxy.setContextAttribute("another.context");
      return of(proxy);
    }
  }

  /** The proxy would refresh its context with the first request. */
  @Configuration
  static class ContextThatIsNotRefreshed {
    @Bean
    SecurityFilterChain legacy() {
      GenericWebApplicationContext own = new GenericWebApplicationContext();
      own.registerBean("bearer", UnenforcedChains.OwnBearerFilter.class);
      return of(new DelegatingFilterProxy("bearer", own));
    }
  }

  static class Several extends CompositeFilter {}

  @Configuration
  static class ScopedProxy {
    @Bean
    @RequestScope
    Several several() {
      Several several = new Several();
      several.setFilters(List.of(new UnenforcedChains.OwnBearerFilter()));
      return several;
    }

    @Bean
    FilterRegistrationBean<Several> notByBoot(Several several) {
      FilterRegistrationBean<Several> off = new FilterRegistrationBean<>(several);
      off.setEnabled(false);
      return off;
    }

    @Bean
    SecurityFilterChain legacy(Several several) {
      return of(several);
    }
  }

  /** A collection that fills itself with the first request. */
  static class Later extends AbstractList<Filter> {
    @Override
    public Filter get(int index) {
      throw new IllegalStateException("no request yet");
    }

    @Override
    public int size() {
      return 1;
    }
  }

  static class OfLater extends Plain {
    final List<Filter> inner = new Later();
  }

  @Configuration
  static class CollectionOfItsOwn {
    @Bean
    SecurityFilterChain legacy() {
      return of(new OfLater());
    }
  }

  /** On a chain that Holdfast enforces. */
  @Configuration
  static class OnAnEnforcedChain {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .addFilterBefore(new Failing(), AuthorizationFilter.class)
          .build();
    }
  }

  /** In no chain. */
  @Configuration
  static class Registered {
    @Bean
    FilterRegistrationBean<Failing> partners() {
      return new FilterRegistrationBean<>(new Failing());
    }
  }

  // ---- what can be seen

  /** Any collection can hold filters. */
  static class Own extends AbstractList<Filter> {
    @Override
    public Filter get(int index) {
      return new UnenforcedChains.OwnBearerFilter();
    }

    @Override
    public int size() {
      return 1;
    }
  }

  static class OfOwn extends Plain {
    final List<Filter> inner = new Own();
  }

  @Configuration
  static class ReadableCollection {
    @Bean
    SecurityFilterChain legacy() {
      return of(new OfOwn());
    }
  }

  static class OfOwnMap extends Plain {
    final Map<String, Filter> inner = new LinkedCaseInsensitiveMap<>();

    OfOwnMap() {
      inner.put("one", new UnenforcedChains.OwnBearerFilter());
    }
  }

  @Configuration
  static class ReadableMap {
    @Bean
    SecurityFilterChain legacy() {
      return of(new OfOwnMap());
    }
  }

  /** As an aspect makes one, with interfaces only. */
  @Configuration
  static class AspectByInterface {
    @Bean
    SecurityFilterChain legacy() {
      ProxyFactory aspect = new ProxyFactory(new UnenforcedChains.OwnBearerFilter());
      aspect.setInterfaces(Filter.class);
      return of((Filter) aspect.getProxy());
    }
  }

  /** As an aspect makes one, with a class, whose own fields are empty. */
  @Configuration
  static class AspectByClass {
    @Bean
    SecurityFilterChain legacy() {
      CompositeFilter composite = new CompositeFilter();
      composite.setFilters(List.of(new UnenforcedChains.OwnBearerFilter()));
      ProxyFactory aspect = new ProxyFactory(composite);
      aspect.setProxyTargetClass(true);
      return of((Filter) aspect.getProxy());
    }
  }

  @Configuration
  static class ProxyOfItsOwn {
    @Bean
    SecurityFilterChain legacy() {
      Filter bearer = new UnenforcedChains.OwnBearerFilter();
      return of(
          (Filter)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {Filter.class},
                  (proxy, method, arguments) ->
                      switch (method.getName()) {
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "toString" -> "a proxy";
                        default -> method.invoke(bearer, arguments);
                      }));
    }
  }

  /** Boot registers one of these. */
  @Configuration
  static class Prototype {
    @Bean
    @Scope("prototype")
    Several partners() {
      Several several = new Several();
      several.setFilters(List.of(new UnenforcedChains.OwnBearerFilter()));
      return several;
    }
  }

  // ---- what takes no tokens

  /** The filter is made with the first request, and is a plain one. */
  static class Lazy extends AbstractLazyCreationTargetSource {
    @Override
    protected Object createObject() {
      return new Plain();
    }
  }

  static class Innocents extends Plain {
    final SingletonSupplier<Filter> inner = SingletonSupplier.of(Plain::new);
    final SingletonSupplier<Filter> none = SingletonSupplier.ofNullable(() -> null);
    final List<String> words = new AutoPopulatingList<>(String.class);
  }

  @Configuration
  static class Innocent {
    @Bean
    @Scope("prototype")
    Several each() {
      Several several = new Several();
      several.setFilters(List.of(new Plain()));
      return several;
    }

    @Bean
    Filter innocents() {
      return new Innocents();
    }

    /** Fails with every request, as the bean is not there. */
    @Bean
    SecurityFilterChain broken() {
      return new DefaultSecurityFilterChain(
          request -> false,
          new DelegatingFilterProxy("nobody"),
          new DelegatingFilterProxy("broken"),
          new DelegatingFilterProxy("each"),
          new DelegatingFilterProxy(new Plain()),
          ProxyFactory.getProxy(Filter.class, new Lazy()));
    }

    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())).build();
    }
  }
}
