package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.registration.MappedPaths;
import dev.holdfast.servlet.registration.MappingChecks;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A container that tells null where a filter or a servlet is mapped to nothing: Open Liberty. */
class SilentMappingsTest {

  @Test
  void aFilterThatIsMappedByPathsOnlyStarts() {
    assertThat(MappedPaths.of(filter(List.of("/api/*"), null))).hasToString("/api/*");
  }

  @Test
  void aFilterThatIsMappedByServletsOnlyStarts() {
    assertThat(MappedPaths.of(filter(null, List.of("me")))).hasToString("the servlet me");
  }

  @Test
  void aFilterThatIsMappedToNothingIsRefused() {
    assertThatThrownBy(() -> MappedPaths.of(filter(null, null)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("the filter holdfast is mapped to nothing, and protects nothing");
  }

  @Test
  void soItIsWhereEverythingMustReachTheFilter() {
    MappingChecks.requireEverything(filter(List.of("/*"), null));
    for (boolean named : new boolean[] {false, true}) {
      List<String> servlets = named ? List.of("me") : null;
      assertThatThrownBy(() -> MappingChecks.requireEverything(filter(null, servlets)))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("some requests do not reach the filter holdfast");
    }
  }

  private static FilterConfig filter(
      @Nullable List<String> paths, @Nullable List<String> servlets) {
    FilterRegistration registration =
        saying(
            FilterRegistration.class,
            Map.of(
                "getUrlPatternMappings", new Told(paths),
                "getServletNameMappings", new Told(servlets)));
    ServletRegistration servlet =
        saying(ServletRegistration.class, Map.of("getMappings", new Told(null)));
    ServletContext context =
        saying(
            ServletContext.class,
            Map.of(
                "getFilterRegistration", new Told(registration),
                "getServletRegistration", new Told(servlet),
                "getServletRegistrations", new Told(Map.of("me", servlet))));
    return saying(
        FilterConfig.class,
        Map.of("getFilterName", new Told("holdfast"), "getServletContext", new Told(context)));
  }

  private record Told(@Nullable Object value) {}

  private static <T> T saying(Class<T> type, Map<String, Told> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            SilentMappingsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Told told = answers.get(method.getName());
              if (told == null) {
                throw new IllegalStateException("nobody says " + method);
              }
              return told.value();
            }));
  }
}
