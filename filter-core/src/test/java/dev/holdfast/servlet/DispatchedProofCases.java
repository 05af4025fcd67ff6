package dev.holdfast.servlet;

import static dev.holdfast.servlet.RawHttp.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.servlet.WireFixture.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a servlet without a filter dispatches to one with a filter: the proof is for the wire's. */
interface DispatchedProofCases {
  WireFixture wire();

  private String get(String path, String proved) {
    String uri = "https://localhost:" + wire().port() + proved;
    return wire().http1(Transport.TLS, path, "localhost:" + wire().port(), wire().proving(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/open/forward",
        "/open/async",
        "/open/forward/async",
        "/open/async/forward",
        "/open/async/async",
        "/open/forward/forward"
      })
  default void aProofIsForWhatTheClientAskedFor(String path) {
    assertThat(get(path, path)).isEqualTo("api");
    assertThat(get(path, "/api/x")).isEqualTo(REFUSED);
    String within = "/open/" + path.substring(path.lastIndexOf('/') + 1);
    if (!within.equals(path)) {
      assertThat(get(path, within)).isEqualTo(REFUSED);
    }
  }

  @Test
  default void soItIsAfterThreeDispatches() {
    String path = "/open/async/forward/async";
    assertThat(get(path, path)).isEqualTo(ofThreeDispatches());
    assertThat(get(path, "/api/x")).isEqualTo(REFUSED);
  }

  /** Undertow keeps what the last dispatch but one led to, and nothing else. */
  default String ofThreeDispatches() {
    return "api";
  }
}
