package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.InvalidSettingException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappings with characters that stand in a request's path in their encoded form only. */
@Tag("verify")
class EncodedMappingTest extends FilterFixture {
  private static Consumer<FilterRegistration.Dynamic> mapped(String pattern) {
    return registration ->
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, pattern);
  }

  /**
   * Jetty looks for the filter by {@code /my%20files/x}, and for the servlet by the decoded path.
   */
  @ParameterizedTest
  @ValueSource(strings = {"/my files/*", "/my files", "*.a b", "/a[1]/*", "/a|b", "/a^b/*", "/a`b"})
  void inJettyTheyStopTheStart(String pattern) throws Exception {
    assertThat(DispatcherServers.JETTY.refusal(filter(VALID), mapped(pattern)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(pattern)
        .hasMessageContaining("Jetty asks no filter for it")
        .hasMessageContaining("Map the filter to the servlet by its name");
  }

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT", "UNDERTOW"})
  void othersDecodeThem(DispatcherServers container) throws Exception {
    assertThat(container.refusal(filter(VALID), mapped("/my files/*"))).isNull();
  }

  @Test
  void jettyTakesOthers() throws Exception {
    assertThat(DispatcherServers.JETTY.refusal(filter(VALID), mapped("/caf\u00e9+x/*"))).isNull();
  }
}
