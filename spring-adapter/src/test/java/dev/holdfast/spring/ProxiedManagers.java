package dev.holdfast.spring;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ObservationAuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.TestingAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.RequestMatcherDelegatingAuthenticationManagerResolver;

/** Managers for access tokens in front of which Spring has put a proxy. */
final class ProxiedManagers {
  private ProxiedManagers() {}

  private static SecurityFilterChain chain(HttpSecurity http, Filter filter) {
    return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
        .addFilterBefore(filter, AuthorizationFilter.class)
        .build();
  }

  private static AuthenticationFilter converting(AuthenticationManager manager) {
    return new AuthenticationFilter(manager, ConvertingChains.FROM_A_FIELD);
  }

  private static <T> T advised(Class<T> type, T target, boolean opaque) {
    ProxyFactory factory = new ProxyFactory(target);
    factory.setInterfaces(type);
    factory.setOpaque(opaque);
    factory.addAdvice((MethodInterceptor) invocation -> invocation.proceed());
    return type.cast(factory.getProxy());
  }

  private static ProviderManager byClass() {
    ProxyFactory factory = new ProxyFactory(ConvertingChains.ofJwts());
    factory.setProxyTargetClass(true);
    factory.setOpaque(true);
    factory.addAdvice((MethodInterceptor) invocation -> invocation.proceed());
    return (ProviderManager) factory.getProxy();
  }

  /** What {@code AuthenticationConfiguration} gives away is a proxy of this bean. */
  static class ManagerBean {
    @Bean
    AuthenticationManager manager() {
      return ConvertingChains.ofJwts();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Given extends ManagerBean {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http, AuthenticationConfiguration given) {
      return chain(http, converting(given.getAuthenticationManager()));
    }
  }

  /** Asked with each request. */
  @Configuration(proxyBeanMethods = false)
  static class GivenLater extends ManagerBean {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http, AuthenticationConfiguration given) {
      return chain(http, converting(asked -> given.getAuthenticationManager().authenticate(asked)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfBasic extends ManagerBean {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http, AuthenticationConfiguration given) {
      return chain(
          http,
          ConvertingChains.basic(given.getAuthenticationManager(), ConvertingChains.FROM_A_FIELD));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Processing extends ManagerBean {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http, AuthenticationConfiguration given) {
      ConvertingChains.Processing filter =
          new ConvertingChains.Processing(given.getAuthenticationManager());
      filter.setAuthenticationConverter(ConvertingChains.FROM_A_FIELD);
      return chain(http, filter);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class LaterInjected extends ManagerBean {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http, @Lazy AuthenticationManager later) {
      return chain(http, converting(later));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Observed extends ManagerBean {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http, AuthenticationConfiguration given) {
      return chain(
          http,
          converting(
              new ObservationAuthenticationManager(
                  ObservationRegistry.create(), given.getAuthenticationManager())));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class InTheParent extends ManagerBean {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http, AuthenticationConfiguration given) {
      return chain(
          http,
          converting(
              new ProviderManager(
                  List.of(new TestingAuthenticationProvider()), given.getAuthenticationManager())));
    }
  }

  private record Wrapped(AuthenticationManager inner) implements AuthenticationManager {
    @Override
    public Authentication authenticate(Authentication authentication) {
      return inner.authenticate(authentication);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class InARecord extends ManagerBean {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http, AuthenticationConfiguration given) {
      return chain(http, converting(new Wrapped(given.getAuthenticationManager())));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ChosenByTheRequest extends ManagerBean {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http, AuthenticationConfiguration given) {
      return chain(
          http,
          new AuthenticationFilter(
              RequestMatcherDelegatingAuthenticationManagerResolver.builder()
                  .add(HttpServletRequest::isSecure, given.getAuthenticationManager())
                  .build(),
              ConvertingChains.FROM_A_FIELD));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Advised {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      return chain(
          http, converting(advised(AuthenticationManager.class, ConvertingChains.ofJwts(), false)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Opaque {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      return chain(
          http, converting(advised(AuthenticationManager.class, ConvertingChains.ofJwts(), true)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OpaqueByClass {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      return chain(http, converting(byClass()));
    }
  }

  /** The proxy says that it is a converter, and not which one. */
  @Configuration(proxyBeanMethods = false)
  static class BearerConverter {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      AuthenticationConverter converter =
          advised(AuthenticationConverter.class, new BearerTokenAuthenticationConverter(), false);
      return chain(http, ConvertingChains.basic(ConvertingChains.ofJwts(), converter));
    }
  }

  /** A manager for each request, which nobody can look at before there is one. */
  @Configuration(proxyBeanMethods = false)
  static class OfARequest {
    @Bean
    @Primary
    @Scope(value = "request", proxyMode = ScopedProxyMode.INTERFACES)
    AuthenticationManager manager() {
      return ConvertingChains.ofJwts();
    }

    @Bean
    SecurityFilterChain legacy(HttpSecurity http, ObjectProvider<AuthenticationManager> manager) {
      return chain(http, converting(manager.getObject()));
    }
  }

  interface Inner {}

  private record Held(Filter filter) implements Inner {}

  private record Outer(Inner inner) implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      ((Held) inner).filter().doFilter(request, response, chain);
    }
  }

  /** What a filter holds may stand behind an aspect, too. */
  @Configuration(proxyBeanMethods = false)
  static class HeldByAnother {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      Filter bearer = new BearerTokenAuthenticationFilter(ConvertingChains.ofJwts());
      return chain(http, new Outer(advised(Inner.class, new Held(bearer), false)));
    }
  }

  // ---- what takes no tokens

  @Configuration(proxyBeanMethods = false)
  static class ScopedChain {
    @Bean
    @Scope(value = "singleton", proxyMode = ScopedProxyMode.INTERFACES)
    SecurityFilterChain legacy(HttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OtherCredentials {
    @Bean
    AuthenticationManager manager() {
      return new ProviderManager(
          advised(AuthenticationProvider.class, new TestingAuthenticationProvider(), false));
    }

    @Bean
    SecurityFilterChain legacy(HttpSecurity http, AuthenticationConfiguration given) {
      return chain(http, converting(given.getAuthenticationManager()));
    }
  }

  /** Its proxy fails with each request, so that nobody is let in. */
  @Configuration(proxyBeanMethods = false)
  static class NoManager {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http, @Lazy AuthenticationManager nowhere) {
      return chain(http, converting(nowhere));
    }
  }
}
