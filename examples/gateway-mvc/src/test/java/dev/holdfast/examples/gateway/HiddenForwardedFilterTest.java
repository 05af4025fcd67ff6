package dev.holdfast.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.core.Ordered.HIGHEST_PRECEDENCE;

import dev.holdfast.configuration.InvalidSettingException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.filter.CompositeFilter;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** A filter of forwarded headers where nobody finds it at the start. */
@Tag("whole")
class HiddenForwardedFilterTest {
  @TempDir Path folder;
  private World world;
  private Recorder service;

  @BeforeEach
  void start() {
    world = new World(folder);
    service = world.keep(new Recorder());
  }

  @AfterEach
  void stop() throws Exception {
    world.close();
  }

  @Configuration(proxyBeanMethods = false)
  static class InAChain {
    @Bean
    @Order(1)
    SecurityFilterChain open(HttpSecurity http) {
      return http.securityMatcher("/public/**")
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .addFilterBefore(new ForwardedHeaderFilter(), SecurityContextHolderFilter.class)
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ByAProxy {
    @Bean
    ForwardedHeaderFilter forwarded() {
      return new ForwardedHeaderFilter();
    }

    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> off(ForwardedHeaderFilter forwarded) {
      FilterRegistrationBean<ForwardedHeaderFilter> registration =
          new FilterRegistrationBean<>(forwarded);
      registration.setEnabled(false);
      return registration;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean proxy() {
      return new DelegatingFilterProxyRegistrationBean("forwarded");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class MatchedLater {
    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> later() {
      FilterRegistrationBean<ForwardedHeaderFilter> registration =
          new FilterRegistrationBean<>(new ForwardedHeaderFilter());
      registration.setOrder(HIGHEST_PRECEDENCE);
      registration.setMatchAfter(true);
      return registration;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfTheServlet {
    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> ofServlet() {
      FilterRegistrationBean<ForwardedHeaderFilter> registration =
          new FilterRegistrationBean<>(new ForwardedHeaderFilter());
      registration.setOrder(HIGHEST_PRECEDENCE);
      registration.setServletNames(List.of("dispatcherServlet"));
      return registration;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class InAnother {
    @Bean
    CompositeFilter composite() {
      CompositeFilter composite = new CompositeFilter();
      composite.setFilters(List.of(new ForwardedHeaderFilter()));
      return composite;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class FirstInAnother {
    @Bean
    FilterRegistrationBean<Filter> first() {
      ForwardedHeaderFilter forwarded = new ForwardedHeaderFilter();
      FilterRegistrationBean<Filter> registration =
          new FilterRegistrationBean<>(
              (request, response, chain) -> forwarded.doFilter(request, response, chain));
      registration.setOrder(HIGHEST_PRECEDENCE);
      return registration;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        InAChain.class,
        ByAProxy.class,
        MatchedLater.class,
        OfTheServlet.class,
        InAnother.class,
        FirstInAnother.class
      })
  void choosesNoPath(Class<?> configuration) throws Exception {
    boolean isFound = configuration == MatchedLater.class || configuration == OfTheServlet.class;
    String[] settings =
        isFound // these are seen as filters of forwarded headers, which need both
            ? new String[] {
              "--spring.main.sources=" + configuration.getName(),
              "--holdfast.proxies.trusted=10.0.0.0/8",
              "--holdfast.proxies.forwarding=x-forwarded"
            }
            : new String[] {"--spring.main.sources=" + configuration.getName()};
    RunningGateway gateway = world.keep(new RunningGateway(world, service.uri(), settings));
    for (String[] field :
        new String[][] {
          {"Forwarded", "host=\"evil.example/pay/x?\""},
          {"Forwarded", "proto=\"http://evil.example/pay/x?\""},
          {"X-Forwarded-Host", "evil.example/pay/x?"},
          {"X-Forwarded-Prefix", "/pay"},
          {"X-Forwarded-Prefix", "/pay/x?"},
          {"X-Forwarded-Prefix", "/pay/x#"}
        }) {
      int before = service.arrived();
      int status = gateway.call("GET", "/public/x", null, field).statusCode();
      if (service.arrived() > before) {
        assertThat(service.path()).as("%s %s", (Object[]) field).isEqualTo("/public/x");
      } else {
        assertThat(status).as("%s %s", (Object[]) field).isEqualTo(400);
      }
    }
    assertThat(gateway.call("GET", "/public/x", null, "Forwarded", "host=a.example").statusCode())
        .isEqualTo(200);
    assertThat(service.path()).isEqualTo("/public/x");
  }

  @Configuration(proxyBeanMethods = false)
  static class OfTheContainer {
    @Bean
    ServletContextInitializer forwarded() {
      return (ServletContext servlets) ->
          servlets
              .addFilter("theirs", new ForwardedHeaderFilter())
              .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }
  }

  @Test
  void thatIsRegisteredWithTheContainerStopsTheStart() {
    assertThatThrownBy(
            () ->
                new RunningGateway(
                    world,
                    service.uri(),
                    "--spring.main.sources=" + OfTheContainer.class.getName()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("the registration of the filter theirs");
  }

  /** The gateway makes its service's URL of this method alone. */
  @Configuration(proxyBeanMethods = false)
  static class AnotherUrl {
    @Bean
    FilterRegistrationBean<Filter> publicUrl() {
      return new FilterRegistrationBean<>(
          (request, response, chain) -> {
            HttpServletRequest called = (HttpServletRequest) request;
            String url = called.getHeader("X-Url");
            chain.doFilter(
                url == null
                    ? called
                    : new HttpServletRequestWrapper(called) {
                      @Override
                      public StringBuffer getRequestURL() {
                        return new StringBuffer(url);
                      }
                    },
                response);
          });
    }
  }

  @Test
  void thatChangesTheUrlAloneChoosesNoPath() throws Exception {
    RunningGateway gateway =
        world.keep(
            new RunningGateway(
                world, service.uri(), "--spring.main.sources=" + AnotherUrl.class.getName()));
    for (String url :
        new String[] {
          "http://localhost/pay/x",
          "http://evil/pay/x?/public/x",
          "http://evil/pay/x#/public/x",
          "/pay/x",
          "http://evil"
        }) {
      assertThat(gateway.call("GET", "/public/x", null, "X-Url", url).statusCode())
          .as(url)
          .isEqualTo(400);
    }
    assertThat(service.arrived()).isZero();
    assertThat(gateway.call("GET", "/public/x", null).statusCode()).isEqualTo(200);
    assertThat(
            gateway
                .call("GET", "/public/x", null, "X-Url", "https://a.example/public/x")
                .statusCode())
        .isEqualTo(200);
  }

  /** Another proxy's question than the gateway's: who the caller's proxy is, it says itself. */
  @Test
  void aTrustedProxysPrefixIsNoQuery() throws Exception {
    RunningGateway gateway =
        world.keep(
            new RunningGateway(
                world,
                service.uri(),
                "--server.forward-headers-strategy=framework",
                "--holdfast.proxies.trusted=127.0.0.1/32",
                "--holdfast.proxies.forwarding=x-forwarded"));
    for (String prefix : new String[] {"/pay/x?", "/pay/x#"}) {
      assertThat(gateway.call("GET", "/public/x", null, "X-Forwarded-Prefix", prefix).statusCode())
          .isEqualTo(400);
    }
    assertThat(service.arrived()).isZero();
    assertThat(gateway.call("GET", "/public/x", null, "X-Forwarded-Prefix", "/v1").statusCode())
        .isEqualTo(200);
    assertThat(service.path()).isEqualTo("/v1/public/x");
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnBuilder {
    @Bean
    ClientHttpRequestFactoryBuilder<? extends ClientHttpRequestFactory> builder() {
      return ClientHttpRequestFactoryBuilder.detect();
    }
  }

  @Test
  void aBuilderOfOnesOwnKeepsNoCookiesAndRepeatsNothing() throws Exception {
    RunningGateway gateway =
        world.keep(
            new RunningGateway(
                world, service.uri(), "--spring.main.sources=" + OwnBuilder.class.getName()));
    assertThat(gateway.call("GET", "/public/a", null).statusCode()).isEqualTo(200);
    assertThat(gateway.call("GET", "/public/b", null).statusCode()).isEqualTo(200);
    assertThat(service.fields()).noneMatch(field -> field.startsWith("cookie:"));
    int before = service.arrived();
    assertThat(gateway.call("GET", "/public/busy", null).statusCode()).isEqualTo(503);
    assertThat(service.arrived()).isEqualTo(before + 1);
  }
}
