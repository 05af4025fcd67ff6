package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A container that serves an application without the filter that did not start. */
class FailedStartTest {

  static Stream<Arguments> filters() {
    return Stream.of("Payara Server  6.2025.9", "Payara Micro #badassfish", "Eclipse GlassFish 7.0")
        .flatMap(
            server ->
                Stream.of(
                    Arguments.of(server, new HoldfastFilter()),
                    Arguments.of(server, new BoundCookieFilter())));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void refusesEveryRequestWhereTheContainerWouldDropIt(String server, Filter filter) {
    assertThatCode(() -> filter.init(withoutSettings(server))).doesNotThrowAnyException();
    assertThatThrownBy(() -> filter.doFilter(null, null, (request, response) -> {}))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("did not start");
  }

  @ParameterizedTest
  @MethodSource("filters")
  void stopsTheStartEverywhereElse(String unused, Filter filter) {
    assertThatThrownBy(() -> filter.init(withoutSettings("Apache Tomcat/11.0.27")))
        .isInstanceOf(InvalidSettingException.class);
  }

  private static FilterConfig withoutSettings(String server) {
    ServletContext context = proxy(ServletContext.class, server, null);
    return proxy(FilterConfig.class, server, context);
  }

  private static <T> T proxy(Class<T> type, String server, ServletContext context) {
    return type.cast(
        Proxy.newProxyInstance(
            FailedStartTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer(method, server, context)));
  }

  private static Object answer(Method method, String server, ServletContext context) {
    if (method.getReturnType() == Enumeration.class) {
      return Collections.emptyEnumeration();
    }
    if (method.getReturnType() == ServletContext.class) {
      return context;
    }
    return method.getName().equals("getServerInfo") ? server : null;
  }
}
