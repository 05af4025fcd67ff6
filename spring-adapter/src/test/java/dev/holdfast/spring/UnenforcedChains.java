package dev.holdfast.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportResource;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.filter.CompositeFilter;
import org.springframework.web.filter.DelegatingFilterProxy;

/** Ways in which an application takes tokens without {@code oauth2ResourceServer(...)}. */
final class UnenforcedChains {
  private static final AuthenticationManager ANYBODY = authentication -> authentication;

  private UnenforcedChains() {}

  static class OwnBearerFilter extends BearerTokenAuthenticationFilter {
    OwnBearerFilter() {
      super(ANYBODY);
    }
  }

  /** Named in XML. */
  static class Managers implements AuthenticationManagerResolver<HttpServletRequest> {
    @Override
    public AuthenticationManager resolve(HttpServletRequest request) {
      return ANYBODY;
    }
  }

  /** Holds another filter in a field, as wrappers do. */
  static class Wrapper implements Filter {
    private final Filter inner;

    Wrapper(Filter inner) {
      this.inner = inner;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      inner.doFilter(request, response, chain);
    }
  }

  /** Not Spring Security's filter, and yet with its resolver. */
  static class WithResolver implements Filter {
    private final DefaultBearerTokenResolver resolver = new DefaultBearerTokenResolver();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      request.setAttribute("token", resolver.resolve((HttpServletRequest) request));
      chain.doFilter(request, response);
    }
  }

  private static Filter bearer() {
    return new BearerTokenAuthenticationFilter(ANYBODY);
  }

  /** A chain with nothing but this filter. */
  private static SecurityFilterChain of(Filter filter) {
    return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filter);
  }

  private static SecurityFilterChain converting(AuthenticationConverter converter) {
    return of(new AuthenticationFilter(ANYBODY, converter));
  }

  private static UsernamePasswordAuthenticationToken somebody(String credential) {
    return new UsernamePasswordAuthenticationToken("somebody", credential);
  }

  /** A converter that wants more of a request than any probe has. */
  @Configuration
  static class DemandingConverter {
    @Bean
    SecurityFilterChain legacy() {
      JwtDecoder decoder =
          token -> {
            throw new BadJwtException("never asked");
          };
      AuthenticationManager manager = new ProviderManager(new JwtAuthenticationProvider(decoder));
      return of(
          new AuthenticationFilter(
              manager,
              request ->
                  request.getHeader("X-Tenant") == null
                      ? null
                      : new BearerTokenAuthenticationToken(request.getHeader("X-Token"))));
    }
  }

  @Configuration
  static class HandMade {
    @Bean
    SecurityFilterChain legacy() {
      return of(bearer());
    }
  }

  @Configuration
  static class AddedFilter {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      return http.addFilterBefore(bearer(), AuthorizationFilter.class).build();
    }
  }

  /** Beside the enforced one: the second filter takes what the first one leaves. */
  @Configuration
  static class AddedToAnEnforcedOne {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .addFilterBefore(new OwnBearerFilter(), AuthorizationFilter.class)
          .build();
    }
  }

  @Configuration
  static class Subclass {
    @Bean
    SecurityFilterChain legacy() {
      return of(new OwnBearerFilter());
    }
  }

  @Configuration
  static class BearerConverter {
    @Bean
    SecurityFilterChain legacy() {
      return converting(new BearerTokenAuthenticationConverter());
    }
  }

  @Configuration
  static class ConverterOfItsOwn {
    @Bean
    SecurityFilterChain legacy() {
      return converting(
          request -> {
            String field = request.getHeader("Authorization");
            return field != null && field.startsWith("Bearer ") ? somebody(field) : null;
          });
    }
  }

  @Configuration
  static class DpopConverterOfItsOwn {
    @Bean
    SecurityFilterChain legacy() {
      return converting(
          request ->
              request.getHeader("DPoP") == null ? null : somebody(request.getHeader("DPoP")));
    }
  }

  @Configuration
  static class Resolver {
    @Bean
    SecurityFilterChain legacy() {
      return of(new WithResolver());
    }
  }

  @Configuration
  static class Composite {
    @Bean
    SecurityFilterChain legacy() {
      CompositeFilter composite = new CompositeFilter();
      composite.setFilters(List.of(new CompositeFilter(), bearer()));
      return of(composite);
    }
  }

  @Configuration
  static class Delegating {
    @Bean
    SecurityFilterChain legacy() {
      return of(new DelegatingFilterProxy(bearer()));
    }
  }

  @Configuration
  static class Wrapped {
    @Bean
    SecurityFilterChain legacy() {
      return of(new Wrapper(new Wrapper(bearer())));
    }
  }

  /** Comes after Holdfast's own post-processor, and puts something else in its place. */
  @Configuration
  static class Replaced {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .with(new ReplacingDsl(), Customizer.withDefaults())
          .build();
    }
  }

  static class ReplacingDsl extends AbstractHttpConfigurer<ReplacingDsl, HttpSecurity> {
    @Override
    public void init(HttpSecurity http) {
      http.oauth2ResourceServer(server -> server.withObjectPostProcessor(new Replacement()));
    }
  }

  static class Replacement implements ObjectPostProcessor<BearerTokenAuthenticationFilter> {
    @Override
    @SuppressWarnings("unchecked")
    public <O extends BearerTokenAuthenticationFilter> O postProcess(O original) {
      return original instanceof EnforcedBearerTokenFilter ? (O) new OwnBearerFilter() : original;
    }
  }

  @Configuration
  static class WithoutTheConfigurer {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      http.removeConfigurer(HoldfastConfigurer.class);
      return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())).build();
    }
  }

  @Configuration
  static class AnotherKindOfChain {
    @Bean
    SecurityFilterChain legacy() {
      return new SecurityFilterChain() {
        private final List<Filter> filters = List.of(bearer());

        @Override
        public boolean matches(HttpServletRequest request) {
          return true;
        }

        @Override
        public List<Filter> getFilters() {
          return filters;
        }
      };
    }
  }

  @Configuration
  static class SecondProxy {
    @Bean
    FilterChainProxy partners() {
      return new FilterChainProxy(of(bearer()));
    }
  }

  @Configuration
  static class FilterBean {
    @Bean
    BearerTokenAuthenticationFilter partners() {
      return new OwnBearerFilter();
    }
  }

  @Configuration
  static class Registered {
    @Bean
    FilterRegistrationBean<OwnBearerFilter> partners() {
      return new FilterRegistrationBean<>(new OwnBearerFilter());
    }
  }

  @Configuration
  @ImportResource("classpath:dev/holdfast/spring/resource-server.xml")
  static class Xml {
    @Bean
    AuthenticationManager manager() {
      return ANYBODY;
    }
  }

  /** Nothing of it takes a token. */
  @Configuration
  static class Innocent {
    @Bean
    @Order(1)
    SecurityFilterChain keys(HttpSecurity http) {
      return http.securityMatcher("/keys")
          .addFilterBefore(
              new AuthenticationFilter(
                  ANYBODY, request -> somebody(request.getHeader("X-Api-Key"))),
              AuthorizationFilter.class)
          .addFilterBefore(
              new AuthenticationFilter(ANYBODY, new BasicAuthenticationConverter()),
              AuthorizationFilter.class)
          .addFilterBefore(
              new AuthenticationFilter(
                  ANYBODY,
                  request -> {
                    throw new IllegalStateException(request.getHeader("Authorization"));
                  }),
              AuthorizationFilter.class)
          .httpBasic(Customizer.withDefaults())
          .formLogin(Customizer.withDefaults())
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())).build();
    }

    @Bean
    FilterRegistrationBean<OwnBearerFilter> switchedOff() {
      FilterRegistrationBean<OwnBearerFilter> off =
          new FilterRegistrationBean<>(new OwnBearerFilter());
      off.setEnabled(false);
      return off;
    }
  }

  /** Boot's own habit: a chain for the actuator alone. */
  @Configuration
  static class ActuatorOnly {
    @Bean
    SecurityFilterChain actuator(HttpSecurity http) {
      return http.securityMatcher("/actuator/**").build();
    }
  }

  /** One of Holdfast's, one that is left to others, and one that takes no tokens. */
  @Configuration
  static class Three {
    @Bean
    @Order(1)
    SecurityFilterChain health(HttpSecurity http) {
      return http.securityMatcher("/health").build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain partners(HttpSecurity http) {
      return http.securityMatcher("/partners/**")
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain api(HttpSecurity http) {
      return http.securityMatcher("/api/**")
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }
  }
}
