package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.settings.CookieSettings;
import dev.holdfast.cookie.CookieBinder;
import dev.holdfast.servlet.HoldfastFilter;
import dev.holdfast.servlet.ProxyFilter;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.spring.boot.BoundCookieAutoConfiguration;
import dev.holdfast.spring.boot.FilterOrder;
import dev.holdfast.spring.boot.HoldfastAutoConfiguration;
import dev.holdfast.spring.boot.HoldfastWebSecurityAutoConfiguration;
import dev.holdfast.spring.boot.targets.RegisteredFilters;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.FormContentFilter;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.HiddenHttpMethodFilter;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.multipart.support.MultipartFilter;

/** Who sees a request before whom, by number and by a look at what came of it. */
@Tag("verify")
class FilterOrderTest {
  private static final String[] ALL_OF_IT = {
    StartTest.ISSUER,
    StartTest.AUDIENCE,
    "holdfast.proxies.trusted=10.0.0.0/8",
    "holdfast.proxies.forwarding=x-forwarded",
    "holdfast.cookies.names=SESSION",
    "holdfast.cookies.secrets=a secret that is long enough for anybody"
  };

  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  HoldfastAutoConfiguration.class,
                  HoldfastWebSecurityAutoConfiguration.class,
                  BoundCookieAutoConfiguration.class,
                  BootParts.SECURITY,
                  BootParts.SECURITY_FILTER,
                  BootParts.WEB_SECURITY))
          .withPropertyValues(ALL_OF_IT);

  private WebApplicationContextRunner withDispatcherTypes(String filter, DispatcherType... types) {
    return web.withBean(
        BeanPostProcessor.class,
        () ->
            new BeanPostProcessor() {
              @Override
              public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof AbstractFilterRegistrationBean<?> registration
                    && filter.equals(registration.getFilterName())) {
                  registration.setDispatcherTypes(EnumSet.copyOf(List.of(types)));
                }
                return bean;
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast-proxies", "holdfast-cookies", "springSecurityFilterChain"})
  void aFilterThatIsRegisteredForForwardsAloneStopsTheStart(String filter) {
    withDispatcherTypes(filter, DispatcherType.FORWARD, DispatcherType.ERROR)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("the registration of the filter " + filter)
                    .hasMessageContaining("it has the dispatcher types [FORWARD, ERROR]"));
    withDispatcherTypes(filter, DispatcherType.REQUEST)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void aSecondRegistrationMayBeForForwardsAlone() {
    web.withBean(
            "more",
            DelegatingFilterProxyRegistrationBean.class,
            () -> {
              DelegatingFilterProxyRegistrationBean more =
                  new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
              more.setName("more");
              more.setDispatcherTypes(DispatcherType.FORWARD);
              return more;
            })
        .run(context -> assertThat(context).hasNotFailed());
  }

  private WebApplicationContextRunner withApiForwards(
      Consumer<FilterRegistrationBean<?>> requests) {
    return web.withBean(
            "forwards",
            FilterRegistrationBean.class,
            () -> {
              FilterRegistrationBean<HoldfastFilter> forwards =
                  new FilterRegistrationBean<>(filterOfCode());
              forwards.setName("forwards");
              forwards.setDispatcherTypes(DispatcherType.FORWARD);
              forwards.addUrlPatterns("/api/*");
              return forwards;
            })
        .withBean(
            "requests",
            FilterRegistrationBean.class,
            () -> {
              FilterRegistrationBean<HoldfastFilter> seeing =
                  new FilterRegistrationBean<>(filterOfCode());
              seeing.setName("requests");
              requests.accept(seeing);
              return seeing;
            });
  }

  private static HoldfastFilter filterOfCode() {
    return HoldfastFilter.builder().issuer("https://localhost:1", "https://api.example").build();
  }

  @Test
  void aRegistrationForForwardsIsNotProtectedByRequestsToAnotherPath() {
    withApiForwards(requests -> requests.addUrlPatterns("/admin/*"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("the filter forwards is mapped to /api/* without the"));
    withApiForwards(requests -> requests.addServletNames("admin"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("the filter forwards is mapped to /api/* without the"));
  }

  @Test
  void aRegistrationForForwardsMayBeWithinOneForRequests() {
    withApiForwards(requests -> requests.addUrlPatterns("/api/*"))
        .run(context -> assertThat(context).hasNotFailed());
    withApiForwards(requests -> {}).run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void proxiesComeFirstAndCookiesBeforeEverySessionReader_C06() {
    web.withUserConfiguration(FiltersOfBoot.class)
        .run(
            context ->
                assertThat(RegisteredFilters.of(context.getBeanFactory()))
                    .extracting(filter -> filter.getFilterName())
                    .startsWith("holdfast-proxies")
                    .containsSubsequence("forwarded", "holdfast-cookies", "sessions")
                    .containsSubsequence(
                        "sessions",
                        "hiddenMethod",
                        "formContent",
                        "requestContext",
                        "springSecurityFilterChain",
                        "multipart"));
  }

  /** With the order turned round, the application would be told the stranger's host. */
  @Test
  void bootsForwardedHeadersBelieveNoStranger_C06() {
    web.withUserConfiguration(FiltersOfBoot.class)
        .run(
            context -> {
              MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
              request.setRemoteAddr("203.0.113.9");
              request.addHeader("X-Forwarded-Host", "evil.example");
              request.addHeader("X-Forwarded-Proto", "https");
              HttpServletRequest[] seen = new HttpServletRequest[1];
              MockFilterChain chain =
                  new MockFilterChain(
                      new HttpServlet() {
                        @Override
                        protected void service(
                            HttpServletRequest application, HttpServletResponse response) {
                          seen[0] = application;
                        }
                      },
                      RegisteredFilters.of(context.getBeanFactory()).stream()
                          .limit(3)
                          .filter(FilterRegistrationBean.class::isInstance)
                          .map(filter -> ((FilterRegistrationBean<?>) filter).getFilter())
                          .toArray(Filter[]::new));
              chain.doFilter(request, new MockHttpServletResponse());
              assertThat(seen[0].getServerName()).isEqualTo("localhost");
              assertThat(seen[0].isSecure()).isFalse();
            });
  }

  @Test
  void aFilterOfSecurityThatComesBeforeTheCookiesStopsTheStart_C06() {
    web.withPropertyValues("spring.security.filter.order=" + Ordered.HIGHEST_PRECEDENCE)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("spring.security.filter.order")
                    .hasMessageContaining("sees requests before")
                    .hasMessageContaining(String.valueOf(FilterOrder.COOKIES)));
  }

  @Test
  void sessionsThatAreReadBeforeTheCookiesStopTheStart_C06() {
    web.withBean(
            "early",
            FilterRegistrationBean.class,
            () -> {
              FilterRegistrationBean<SessionRepositoryFilter<MapSession>> early =
                  new FilterRegistrationBean<>(FiltersOfBoot.sessionFilter());
              early.setOrder(FilterOrder.COOKIES - 1);
              return early;
            })
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining("spring.session.servlet.filter-order"));
  }

  @Test
  void aProxyFilterRegisteredTooLateStopsTheStart_C06() {
    web.withBean(
            "holdfastProxyFilter",
            FilterRegistrationBean.class,
            () -> new FilterRegistrationBean<>(new ProxyFilter(EvidenceSource.ofContainer())))
        .run(context -> assertThat(context).getFailure().hasMessageContaining("filter of proxies"));
  }

  @Test
  void aCookieFilterOfTheApplicationsOwnGetsItsPlace_C06() {
    web.withUserConfiguration(FiltersOfBoot.class, OwnCookies.class)
        .run(
            context ->
                assertThat(RegisteredFilters.of(context.getBeanFactory()))
                    .extracting(filter -> filter.getFilterName())
                    .containsOnlyOnce("holdfast-cookies")
                    .doesNotContain("ownCookies")
                    .containsSubsequence("forwarded", "holdfast-cookies", "sessions"));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnCookies {
    @Bean
    BoundCookieFilter ownCookies(Assembly assembly, EvidenceSource evidence) {
      return BoundCookieFilter.builder()
          .settings(
              new CookieSettings(
                  Set.of("SESSION"),
                  List.of("a secret that is long enough for anybody"),
                  Set.of(),
                  CookieBinder.CookieRequirement.REQUIRED),
              assembly)
          .evidence(evidence)
          .build();
    }
  }

  /** As Boot registers them; these are defined before Holdfast's, which is what luck decides by. */
  @Configuration(proxyBeanMethods = false)
  static class FiltersOfBoot {
    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> forwarded() {
      FilterRegistrationBean<ForwardedHeaderFilter> registration =
          new FilterRegistrationBean<>(new ForwardedHeaderFilter());
      registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
      return registration;
    }

    @Bean
    CharacterEncodingFilter encoding() {
      return BootParts.encoding();
    }

    @Bean
    HiddenHttpMethodFilter hiddenMethod() {
      return BootParts.hiddenMethod();
    }

    @Bean
    FormContentFilter formContent() {
      return BootParts.formContent();
    }

    @Bean
    RequestContextFilter requestContext() {
      return BootParts.requestContext();
    }

    @Bean
    MultipartFilter multipart() {
      return new MultipartFilter();
    }

    /** Spring Session's own number. */
    @Bean
    FilterRegistrationBean<SessionRepositoryFilter<MapSession>> sessions() {
      FilterRegistrationBean<SessionRepositoryFilter<MapSession>> registration =
          new FilterRegistrationBean<>(sessionFilter());
      registration.setName("sessions");
      registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
      return registration;
    }

    static SessionRepositoryFilter<MapSession> sessionFilter() {
      return new SessionRepositoryFilter<>(
          new MapSessionRepository(new ConcurrentHashMap<>(Map.of())));
    }
  }
}
