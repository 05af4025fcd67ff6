package dev.holdfast.servlet;

import static dev.holdfast.configuration.issuers.IssuerSettings.ofJwt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.CorsSettings;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers' preflights at the filter (C33). */
@Tag("verify")
class CrossOriginTest extends FilterFixture {
  private static final String APP = "https://app.example";
  private static final String[] PREFLIGHT = {
    "Origin", APP,
    "Access-Control-Request-Method", "GET",
    "Access-Control-Request-Headers", "authorization,dpop"
  };

  private static HoldfastFilterBuilder builder() {
    return HoldfastFilter.builder()
        .issuer(ofJwt("https://localhost:1").withAudiences("https://api.example"));
  }

  private void startAllowing(String... origins) throws Exception {
    start(
        context -> {
          addPage(context);
          builder().allowedOrigins(origins).build().register(context, "/api/*");
        });
  }

  private static String field(HttpResponse<?> response, String name) {
    return String.join(" | ", response.headers().allValues(name));
  }

  @Test
  void aPreflightOfAnAllowedOriginIsAnsweredAndReachesNoServlet_C33() throws Exception {
    startAllowing(APP);
    HttpResponse<Void> answer = send("OPTIONS", "/api/me", PREFLIGHT);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(field(answer, "Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(field(answer, "Access-Control-Allow-Methods")).isEqualTo("GET");
    assertThat(field(answer, "Access-Control-Allow-Headers")).isEqualTo("authorization,dpop");
    assertThat(field(answer, "Vary")).isEqualTo("Origin");
    assertThat(reached).hasValue(0);
  }

  @Test
  void aRefusalCanBeReadByTheScript_C33() throws Exception {
    startAllowing(APP);
    HttpResponse<Void> answer = send("GET", "/api/me", "Origin", APP);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(field(answer, "Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(field(answer, "Access-Control-Expose-Headers"))
        .isEqualTo("DPoP-Nonce, WWW-Authenticate");
    assertThat(reached).hasValue(0);
  }

  @Test
  void whatIsNoPreflightOfAnAllowedOriginIsRefusedAsEver_C33() throws Exception {
    startAllowing(APP);
    for (String[] fields :
        List.of(
            new String[] {"Origin", "https://evil.example", "Access-Control-Request-Method", "GET"},
            new String[] {"Origin", APP, "Origin", APP, "Access-Control-Request-Method", "GET"},
            new String[] {"Access-Control-Request-Method", "GET", "Accept", "*/*"},
            new String[] {"Origin", APP, "Accept", "*/*"},
            new String[] {"Origin", APP, "Access-Control-Request-Method", "G T"},
            new String[] {
              "Origin", APP, "Access-Control-Request-Method", "GET", "Authorization", "Bearer x"
            })) {
      assertThat(send("OPTIONS", "/api/me", fields).statusCode())
          .as(String.join(" ", fields))
          .isEqualTo(401);
    }
    assertThat(send("GET", "/api/me", PREFLIGHT).statusCode()).isEqualTo(401);
    assertThat(field(send("GET", "/api/me", "Origin", "https://evil.example"), "Vary"))
        .isEqualTo("Origin");
    assertThat(reached).hasValue(0);
  }

  @Test
  void withoutTheSettingAPreflightIsRefusedAndSaysNothingOfOrigins_C33() throws Exception {
    startAllowing();
    HttpResponse<Void> answer = send("OPTIONS", "/api/me", PREFLIGHT);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control") || name.equals("vary"));
  }

  @Test
  void everyOriginMayBeAllowed_C33() throws Exception {
    startAllowing("*");
    HttpResponse<Void> answer = send("OPTIONS", "/api/me", PREFLIGHT);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(field(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @Test
  void theApplicationsOwnFilterMayStandFirst_C33() throws Exception {
    start(
        context -> {
          addPage(context);
          Filter cors =
              (request, response, chain) -> {
                if (((HttpServletRequest) request).getMethod().equals("OPTIONS")) {
                  ((HttpServletResponse) response).setStatus(299);
                } else {
                  chain.doFilter(request, response);
                }
              };
          context.addFilter("cors", cors).setAsyncSupported(true);
          builder().build().registerAfter(context, "cors", "/api/*");
        });
    assertThat(send("OPTIONS", "/api/me", PREFLIGHT).statusCode()).isEqualTo(299);
    assertThat(send("GET", "/api/me", "Origin", APP).statusCode()).isEqualTo(401);
    assertThat(reached).hasValue(0);
  }

  @Test
  void aFilterThatIsMissingOrMappedAlreadyIsRefused_C33() throws Exception {
    start(
        context -> {
          HoldfastFilter filter = builder().build();
          assertThatExceptionOfType(IllegalStateException.class)
              .isThrownBy(() -> filter.registerAfter(context, "cors", "/api/*"))
              .withMessageContaining("no filter called cors");
          Filter cors = (request, response, chain) -> chain.doFilter(request, response);
          context.addFilter("cors", cors).addMappingForUrlPatterns(null, false, "/*");
          assertThatExceptionOfType(IllegalStateException.class)
              .isThrownBy(() -> filter.registerAfter(context, "cors", "/api/*"))
              .withMessageContaining("has mappings");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example/",
        "app.example",
        "https://App.example",
        "null",
        "https://*.example",
        "https://app.example:0",
        ""
      })
  void whatNoBrowserSendsAsAnOriginStopsTheStart_C33(String origin) {
    assertThatThrownBy(() -> new CorsSettings(Set.of(origin)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("holdfast.cors.allowed-origins");
    assertThatThrownBy(() -> new CorsSettings(Set.of("*", "https://app.example")))
        .isInstanceOf(InvalidSettingException.class);
  }
}
