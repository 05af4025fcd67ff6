package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.EnumSet;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the filter is installed. */
@Tag("verify")
class FilterInstallationTest extends FilterFixture {
  @Test
  void oneLineRegistersIt() throws Exception {
    start(
        context -> {
          addPage(context);
          filter(VALID).register(context, "/api/*");
        });
    assertThat(get("/api/forward")).isEqualTo(200);
    assertThat(decisions).hasValue(1);
    assertThat(get("/open")).isEqualTo(200);
    assertThat(decisions).hasValue(1);
  }

  @Test
  void aSecondRegistrationOrNoPatternIsRefused() throws Exception {
    start(
        context -> {
          HoldfastFilter filter = filter(VALID);
          assertThatExceptionOfType(IllegalArgumentException.class)
              .isThrownBy(() -> filter.register(context));
          filter.register(context, "/*");
          assertThatExceptionOfType(IllegalStateException.class)
              .isThrownBy(() -> filter(VALID).register(context, "/*"))
              .withMessageContaining("register one filter with all URL patterns")
              .withMessageContaining("by addFilter under another name");
        });
  }

  @Test
  void aSecondCookieFilterIsRefused() throws Exception {
    start(
        context -> {
          cookies("FIRST").register(context);
          assertThatExceptionOfType(IllegalStateException.class)
              .isThrownBy(() -> cookies("SECOND").register(context))
              .withMessageContaining("register one filter with the names of all cookies");
        });
  }

  private static BoundCookieFilter cookies(String name) {
    return BoundCookieFilter.builder().names(name).secrets(CookieFixture.NEW).build();
  }

  @Test
  void theContainerMayMakeItFromInitParameters() throws Exception {
    start(
        context -> {
          addPage(context);
          FilterRegistration.Dynamic filter = context.addFilter("h", HoldfastFilter.class);
          filter.setInitParameter("tokens.issuers[0].issuer", "https://localhost:1");
          filter.setInitParameter("tokens.issuers[0].audiences", "https://api.example");
          filter.setInitParameter("holdfast.policy", "when-bound");
          filter.addMappingForUrlPatterns(null, false, "/*");
        });
    assertThat(get("/x")).isEqualTo(401);
    assertThat(reached).hasValue(0);
  }

  @Test
  void theContainersFilterIsSetByThePropertiesOfTheProcessToo_C69() throws Exception {
    System.setProperty("holdfast.policy", "when-bound");
    System.setProperty("holdfast.cookies.names", "SID"); // of another filter in this process
    try (HoldfastLines log = new HoldfastLines()) {
      start(
          context -> {
            FilterRegistration.Dynamic filter = context.addFilter("h", HoldfastFilter.class);
            filter.setInitParameter("tokens.issuers[0].issuer", "https://localhost:1");
            filter.setInitParameter("tokens.issuers[0].audiences", "https://api.example");
            filter.addMappingForUrlPatterns(null, false, "/*");
          });
      assertThat(log.with("Holdfast enforces policy when-bound")).hasSize(1);
    } finally {
      System.clearProperty("holdfast.policy");
      System.clearProperty("holdfast.cookies.names");
    }
  }

  /** No filter reads it, and whoever wrote it believes that it holds. */
  @ParameterizedTest
  @CsvSource({
    "app.holdfast.policy, false, true",
    "app.holdfast.policy, true, true",
    "holdfast.policy, false, false",
    "HOLDFAST_POLICY, false, false",
    "holdfast.cookies.names, true, false",
    "holdfast.policy, true, false"
  })
  void aSettingOfTheWholeApplicationStopsTheStart(String name, boolean isOfCookies, boolean starts)
      throws Exception {
    assertThat(startsWithContextParameter(name, isOfCookies)).isEqualTo(starts);
  }

  private boolean startsWithContextParameter(String name, boolean isOfCookies) throws Exception {
    return start(
            context -> {
              context.setInitParameter(name, "x");
              context.getSessionCookieConfig().setSecure(true);
              context.getSessionCookieConfig().setHttpOnly(true);
              FilterRegistration.Dynamic filter =
                  isOfCookies
                      ? context.addFilter("h", BoundCookieFilter.class)
                      : context.addFilter("h", HoldfastFilter.class);
              if (isOfCookies) {
                filter.setInitParameter("cookies.names", "SID");
                filter.setInitParameter("cookies.secrets", CookieFixture.NEW);
              } else {
                filter.setInitParameter("tokens.issuers[0].issuer", "https://localhost:1");
                filter.setInitParameter("tokens.issuers[0].audiences", "https://api.example");
              }
              filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
            })
        .getState()
        .isAvailable();
  }

  /** A line that something is enforced must be true, so that it comes after all that can stop. */
  @ParameterizedTest
  @CsvSource({"/api/*, 1", "/api/**, 0"})
  void whatIsEnforcedIsSaidOnceTheStartHasSucceeded_C03(String mapping, int lines)
      throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      Context context =
          start(
              servletContext -> {
                FilterRegistration.Dynamic filter =
                    servletContext.addFilter("h", HoldfastFilter.class);
                filter.setInitParameter("tokens.issuers[0].issuer", "https://localhost:1");
                filter.setInitParameter("tokens.issuers[0].audiences", "https://api.example");
                filter.addMappingForUrlPatterns(null, false, mapping);
              });
      assertThat(context.getState().isAvailable()).isEqualTo(lines == 1);
      assertThat(log.with("Holdfast enforces")).hasSize(lines);
    }
  }

  @Test
  void aFilterThatIsMadeInCodeSaysItOnceAtItsStart_C03() throws Exception {
    try (HoldfastLines log = new HoldfastLines()) {
      HoldfastFilter made =
          HoldfastFilter.builder()
              .issuer(
                  IssuerSettings.ofJwt("https://localhost:1").withAudiences("https://api.example"))
              .build();
      assertThat(log.with("Holdfast enforces")).isEmpty();
      start(context -> made.register(context, "/api/*"));
      assertThat(log.with("Holdfast enforces")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"polcy", "tokens.issuers[0].isuer", "dpop.enabled"})
  void aWrongInitParameterStopsTheApplication_T101(String name) throws Exception {
    Context context =
        start(
            servletContext -> {
              addPage(servletContext);
              FilterRegistration.Dynamic filter =
                  servletContext.addFilter("h", HoldfastFilter.class);
              filter.setInitParameter("tokens.issuers[0].issuer", "https://localhost:1");
              filter.setInitParameter("tokens.issuers[0].audiences", "https://api.example");
              filter.setInitParameter(name, "x");
              filter.addMappingForUrlPatterns(null, false, "/*");
            });
    assertThat(context.getState().isAvailable()).isFalse();
    assertThat(get("/x")).isNotEqualTo(200);
    assertThat(reached).hasValue(0);
  }

  @Test
  void withoutAnIssuerTheBuilderRefuses_T101() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> HoldfastFilter.builder().build())
        .withMessageContaining("tokens.issuers");
  }
}
