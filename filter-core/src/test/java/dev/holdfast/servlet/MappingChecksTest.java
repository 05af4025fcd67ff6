package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters that requests pass by, because of their mapping. */
@Tag("verify")
class MappingChecksTest extends FilterFixture {
  private static final EnumSet<DispatcherType> ALL = EnumSet.allOf(DispatcherType.class);

  private final AtomicReference<Throwable> refused = new AtomicReference<>();

  /** Remembers why the filter did not start, which Tomcat only logs. */
  private record Seen(Filter filter, AtomicReference<Throwable> refused) implements Filter {
    @Override
    public void init(FilterConfig config) throws ServletException {
      try {
        filter.init(config);
      } catch (RuntimeException thrown) {
        refused.set(thrown);
        throw thrown;
      }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      filter.doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
      filter.destroy();
    }
  }

  private boolean starts(Filter filter, Consumer<FilterRegistration.Dynamic> mapping)
      throws Exception {
    Context context =
        start(
            servletContext -> {
              addPage(servletContext);
              servletContext.getSessionCookieConfig().setSecure(true);
              servletContext.getSessionCookieConfig().setHttpOnly(true);
              FilterRegistration.Dynamic registration =
                  servletContext.addFilter("h", new Seen(filter, refused));
              registration.setAsyncSupported(true);
              mapping.accept(registration);
            });
    return context.getState().isAvailable();
  }

  private void assertRefused(String text) {
    assertThat(refused.get())
        .asInstanceOf(THROWABLE)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("the filter's mapping: ")
        .hasMessageContaining(text);
  }

  private static BoundCookieFilter cookies() {
    return BoundCookieFilter.builder().names("JSESSIONID").secrets(CookieFixture.NEW).build();
  }

  @Test
  void aFilterThatIsMappedToNothingStopsTheStart() throws Exception {
    assertThat(starts(filter(VALID), registration -> {})).isFalse();
    assertRefused("the filter h is mapped to nothing");
  }

  @Test
  void soDoesOneThatIsMappedToTheRootAlone() throws Exception {
    assertThat(starts(filter(VALID), r -> r.addMappingForUrlPatterns(ALL, false, "/"))).isFalse();
    assertRefused("\"/\" is the path / alone");
  }

  @Test
  void soDoesOneThatIsMappedToServletsThatAreNotThere() throws Exception {
    assertThat(starts(filter(VALID), r -> r.addMappingForServletNames(ALL, false, "pgae", "x")))
        .isFalse();
    assertRefused("there is no servlet called pgae, x");
  }

  @Test
  void soDoesOneThatIsMappedToAnEncodedPath() throws Exception {
    assertThat(starts(filter(VALID), r -> r.addMappingForUrlPatterns(ALL, false, "/%2561pi/*")))
        .isFalse();
    assertRefused("is percent-encoded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "*"})
  void aServletThatIsThereIsEnough(String servlet) throws Exception {
    assertThat(
            starts(filter(VALID), r -> r.addMappingForServletNames(ALL, false, servlet, "later")))
        .isTrue();
    assertThat(get("/x")).isEqualTo(200);
    assertThat(decisions).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app/*", "/", "*.jsp"})
  void aCookieFilterThatIsNotAskedEverywhereStopsTheStart(String pattern) throws Exception {
    assertThat(starts(cookies(), r -> r.addMappingForUrlPatterns(ALL, false, pattern))).isFalse();
    assertRefused("Map it to /*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/*", "*"})
  void aCookieFilterForEverythingStarts(String pattern) throws Exception {
    assertThat(starts(cookies(), r -> r.addMappingForUrlPatterns(ALL, false, pattern))).isTrue();
  }

  @Test
  void soDoesOneForTheServletThatServesEverything() throws Exception {
    assertThat(starts(cookies(), r -> r.addMappingForServletNames(ALL, false, "page"))).isTrue();
  }
}
