package dev.holdfast.servlet;

import static dev.holdfast.servlet.RawHttp.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.servlet.WireFixture.Transport;
import dev.holdfast.testing.contract.ServerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dot segments in the target, which some containers resolve before they choose a servlet. */
interface DotSegmentCases {
  WireFixture wire();

  WireFixture newFixture(ServerSpec.Forwarding forwarding, String... settings);

  private String get(WireFixture fixture, String target, List<String> fields) {
    return fixture.http1(Transport.TLS, target, "localhost:" + fixture.port(), fields);
  }

  private String uri(String path) {
    return "https://localhost:" + wire().port() + path;
  }

  /** Its proof is for {@code /api/x}: another servlet must not take it, not even once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pub/../api/x",
        "/pub/./../api/x",
        "/pub/y/../../api/x",
        "/pub/%2e%2e/api/x",
        "/pub/%2E%2e/api/x",
        "/pub/.%2E/api/x",
        "/pub/%2e./api/x",
        "/pub/%2e/../api/x",
        "/pub/..;x/api/x",
        "/pub/..;a=b/api/x",
        "/pub/%2e%2e;x/api/x",
        "/pub/.;x/../api/x"
      })
  default void aProofIsForTheServletThatItsUriLeadsTo(String target) {
    List<String> proving = wire().proving(uri("/api/x"));
    assertThat(get(wire(), "/api/x", proving)).isEqualTo("api");
    assertThat(get(wire(), target, proving)).as("a proof that was spent").isNotEqualTo("pub");
    assertThat(get(wire(), target, wire().proving(uri("/api/x")))).isIn("api", REFUSED);
    assertThat(get(wire(), target, wire().proving(uri(target)))).isIn("api", REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pub/a.b",
        "/pub/a..",
        "/pub/..a",
        "/pub/.well-known/x",
        "/pub/...",
        "/pub/.../x",
        "/pub/a;b..",
        "/pub/%7Ex",
        "/pub/a%20.",
        "/pub/"
      })
  default void dotsWithinNamesAreNames(String target) {
    assertThat(get(wire(), target, wire().proving(uri(target)))).isEqualTo("pub");
  }

  @Test
  default void noDotSegmentLeadsToAWeakerRule() {
    try (WireFixture fixture =
        newFixture(
            ServerSpec.Forwarding.IGNORED, "rules[0].paths", "/pub/**", "rules[0].policy", "off")) {
      List<String> unbound = fixture.unbound();
      assertThat(get(fixture, "/pub/x", unbound)).isEqualTo("pub");
      assertThat(get(fixture, "/api/x", unbound)).isEqualTo(REFUSED);
      for (String target :
          List.of(
              "/pub/../api/x",
              "/pub/%2e%2e/api/x",
              "/pub/%2E./api/x",
              "/pub/..;x/api/x",
              "/api/../pub/x",
              "/api/%2e%2e/pub/x",
              "/api/..;x/pub/x",
              "/pub/./x")) {
        assertThat(get(fixture, target, unbound)).as(target).isEqualTo(REFUSED);
      }
    }
  }
}
