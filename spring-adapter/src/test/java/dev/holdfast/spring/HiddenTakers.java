package dev.holdfast.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.preauth.AbstractPreAuthenticatedProcessingFilter;
import org.springframework.security.web.authentication.preauth.RequestHeaderAuthenticationFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/** Filters that take tokens behind a bean's name or a supplier, or as a principal. */
final class HiddenTakers {
  private HiddenTakers() {}

  private static SecurityFilterChain of(Filter filter) {
    return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filter);
  }

  /** The bean stands in the chain only: Boot is told not to register it. */
  @Configuration
  static class NamedBean {
    @Bean
    UnenforcedChains.OwnBearerFilter bearer() {
      return new UnenforcedChains.OwnBearerFilter();
    }

    @Bean
    FilterRegistrationBean<UnenforcedChains.OwnBearerFilter> notByBoot(
        UnenforcedChains.OwnBearerFilter bearer) {
      FilterRegistrationBean<UnenforcedChains.OwnBearerFilter> off =
          new FilterRegistrationBean<>(bearer);
      off.setEnabled(false);
      return off;
    }

    @Bean
    SecurityFilterChain legacy() {
      return of(new DelegatingFilterProxy("bearer"));
    }
  }

  /** The proxy looks in a context of its own. */
  @Configuration
  static class NamedBeanElsewhere {
    @Bean
    SecurityFilterChain legacy() {
      GenericWebApplicationContext own = new GenericWebApplicationContext();
      own.registerBean("bearer", UnenforcedChains.OwnBearerFilter.class);
      own.refresh();
      return of(new DelegatingFilterProxy("bearer", own));
    }
  }

  /** Makes its inner filter with the first request. */
  static class Supplied implements Filter {
    private final SingletonSupplier<Filter> inner =
        SingletonSupplier.of(UnenforcedChains.OwnBearerFilter::new);

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      inner.obtain().doFilter(request, response, chain);
    }
  }

  @Configuration
  static class BySupplier {
    @Bean
    SecurityFilterChain legacy() {
      return of(new Supplied());
    }
  }

  private static RequestHeaderAuthenticationFilter header(String principal, String credentials) {
    RequestHeaderAuthenticationFilter filter = new RequestHeaderAuthenticationFilter();
    filter.setPrincipalRequestHeader(principal);
    if (credentials != null) {
      filter.setCredentialsRequestHeader(credentials);
    }
    filter.setAuthenticationManager(authentication -> authentication);
    return filter;
  }

  @Configuration
  static class Principal {
    @Bean
    SecurityFilterChain legacy() {
      return of(header("Authorization", null));
    }
  }

  @Configuration
  static class Credentials {
    @Bean
    SecurityFilterChain legacy() {
      return of(header("X-User", "Authorization"));
    }
  }

  /** It verifies the token where it reads it. */
  static class Verifying extends AbstractPreAuthenticatedProcessingFilter {
    @Override
    protected Object getPreAuthenticatedPrincipal(HttpServletRequest request) {
      if (request.getHeader("Authorization") != null) {
        throw new IllegalArgumentException("not one of ours");
      }
      return null;
    }

    @Override
    protected Object getPreAuthenticatedCredentials(HttpServletRequest request) {
      return "N/A";
    }
  }

  @Configuration
  static class VerifyingPrincipal {
    @Bean
    SecurityFilterChain legacy() {
      Verifying filter = new Verifying();
      filter.setAuthenticationManager(authentication -> authentication);
      return of(filter);
    }
  }

  /** A gateway's field with a user's name, which is no token. */
  static Filter ofAGateway() {
    return header("X-User", null);
  }
}
