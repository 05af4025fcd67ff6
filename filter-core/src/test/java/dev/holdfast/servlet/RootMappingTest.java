package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The mapping {@code ""}, the root of the application (Servlet 6.1, section 12.2). */
@Tag("verify")
class RootMappingTest extends FilterFixture {

  private static Consumer<FilterRegistration.Dynamic> root(EnumSet<DispatcherType> types) {
    return registration -> registration.addMappingForUrlPatterns(types, true, "");
  }

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT", "JETTY"})
  void itStarts(DispatcherServers container) throws Exception {
    assertThat(container.refusal(filter(VALID), root(EnumSet.allOf(DispatcherType.class))))
        .isNull();
  }

  /** There the filter would be asked for nothing at all. */
  @Test
  void inUndertowItStopsTheStart() throws Exception {
    assertThat(
            DispatcherServers.UNDERTOW.refusal(
                filter(VALID), root(EnumSet.allOf(DispatcherType.class))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("\"\" is the root of the application, and Undertow asks no filter");
  }

  @Test
  void theRootAloneIsProtected() throws Exception {
    start(
        context -> {
          addPage(context);
          filter(VALID).register(context, "");
        });
    assertThat(get("/")).isEqualTo(200);
    assertThat(decisions).hasValue(1);
    assertThat(get("/;x")).isEqualTo(200);
    assertThat(decisions).hasValue(2);
    assertThat(get("/x")).isEqualTo(200);
    assertThat(decisions).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT", "JETTY"})
  void aTextShowsIt(DispatcherServers container) throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      assertThat(container.refusal(filter(VALID), root(EnumSet.of(DispatcherType.REQUEST))))
          .isNull();
      assertThat(log.with("the filter h is mapped to"))
          .singleElement()
          .asString()
          .contains("mapped to \"\" without FORWARD");
    }
  }

  @ParameterizedTest
  @EnumSource
  void cookiesAreNotBoundThereAlone(DispatcherServers container) throws Exception {
    BoundCookieFilter cookies =
        BoundCookieFilter.builder().names("APP").secrets(CookieFixture.NEW).build();
    assertThat(container.refusal(cookies, root(EnumSet.allOf(DispatcherType.class))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("some requests do not reach the filter");
  }
}
