package dev.holdfast.servlet;

import static dev.holdfast.configuration.issuers.IssuerSettings.ofJwt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.settings.MetadataSettings;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the filter has to be for its metadata to be served (C40). */
@Tag("verify")
class MetadataInstallationTest extends FilterFixture {
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
  private static final Map<String, String> ENABLED =
      Map.of(
          "tokens.issuers[0].issuer", "https://localhost:1",
          "tokens.issuers[0].audiences", "https://api.example",
          "metadata.enabled", "true",
          "metadata.resource", "https://api.example");

  private void startRegistered(String contextPath, String resource, String... urlPatterns)
      throws Exception {
    start(
        contextPath,
        context -> {
          addPage(context);
          HoldfastFilter.builder()
              .issuer(ofJwt("https://localhost:1").withAudiences("https://api.example"))
              .metadata(MetadataSettings.of(resource))
              .allowedOrigins("https://app.example")
              .build()
              .register(context, urlPatterns);
        });
  }

  private static List<String> challenges(HttpResponse<?> response) {
    return response.headers().allValues("WWW-Authenticate");
  }

  @ParameterizedTest
  @CsvSource({"/api/*", "/*", "*.do"})
  void registerMapsThePlaceOfTheMetadataToo_C40(String urlPattern) throws Exception {
    startRegistered("", "https://api.example/v1", urlPattern);
    assertThat(send("GET", WELL_KNOWN, "Accept", "*/*").statusCode()).isEqualTo(200);
    assertThat(send("GET", WELL_KNOWN + "/v1", "Accept", "*/*").statusCode()).isEqualTo(200);
    assertThat(send("GET", WELL_KNOWN + "/v2", "Accept", "*/*").statusCode()).isEqualTo(401);
    assertThat(reached).hasValue(0);
    boolean all = urlPattern.equals("/*");
    assertThat(send("GET", "/open", "Accept", "*/*").statusCode()).isEqualTo(all ? 401 : 200);
  }

  @Test
  void theAddressInAChallengeIsServedBehindAContextPath_C40() throws Exception {
    startRegistered("/app", "https://api.example/app", "/api/*");
    HttpResponse<Void> refused = send("GET", "/app/api/me", "Accept", "*/*");
    assertThat(challenges(refused).get(0))
        .isEqualTo("Bearer resource_metadata=\"https://api.example/app" + WELL_KNOWN + '"');
    assertThat(send("GET", "/app" + WELL_KNOWN, "Accept", "*/*").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/app" + WELL_KNOWN + "/app", "Accept", "*/*").statusCode())
        .isEqualTo(200);
    assertThat(send("GET", "/app" + WELL_KNOWN + "/x", "Accept", "*/*").statusCode())
        .isEqualTo(401);
  }

  /** An allowed origin's answer names that origin elsewhere; the document is for all of them. */
  @Test
  void theDocumentIsForEveryOriginWhicheverAreAllowed_C40() throws Exception {
    startRegistered("", "https://api.example", "/api/*");
    for (String origin : List.of("https://app.example", "https://other.example")) {
      assertThat(
              send("GET", WELL_KNOWN, "Origin", origin)
                  .headers()
                  .allValues("Access-Control-Allow-Origin"))
          .containsExactly("*");
    }
  }

  private static Throwable refusal(DispatcherServers container, String... urlPatterns)
      throws Exception {
    return container.refusal(
        "",
        new HoldfastFilter(),
        registration -> {
          registration.setInitParameters(ENABLED);
          registration.addMappingForUrlPatterns(
              java.util.EnumSet.allOf(jakarta.servlet.DispatcherType.class), false, urlPatterns);
        });
  }

  @ParameterizedTest
  @EnumSource
  void aFilterThatIsNotMappedToItsMetadataStopsTheStart_C40(DispatcherServers container)
      throws Exception {
    assertThat(refusal(container, "/api/*"))
        .hasMessageContaining("holdfast.metadata.enabled")
        .hasMessageContaining("the filter is mapped to /api/* only")
        .hasMessageContaining("Map it to /.well-known/oauth-protected-resource/* too");
    assertThat(refusal(container, "/api/*", WELL_KNOWN + "/*")).isNull();
    assertThat(refusal(container, "/*")).isNull();
  }
}
