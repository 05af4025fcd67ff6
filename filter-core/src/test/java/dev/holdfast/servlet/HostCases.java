package dev.holdfast.servlet;

import static dev.holdfast.servlet.RawHttp.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.servlet.WireFixture.Transport;
import dev.holdfast.testing.contract.ServerSpec;
import org.junit.jupiter.api.Test;

/** HTTP/2 with {@code Host}, with {@code :authority}, and with both (RFC 9113 section 8.3.1). */
interface HostCases {
  String URI = "https://api.example/api/x";

  WireFixture wire();

  WireFixture newFixture(ServerSpec.Forwarding forwarding, String... settings);

  @Test
  default void hostMayStandInThePlaceOfAuthority() {
    assertThat(wire().http2(Transport.TLS, "https", "", URI, "host: api.example"))
        .isEqualTo(ofHostAlone());
    assertThat(wire().http2(Transport.TLS, "https", "", URI, "host: other.example"))
        .isEqualTo(REFUSED);
  }

  /** Undertow drops the field before any handler. */
  default String ofHostAlone() {
    return "api";
  }

  @Test
  default void aFixedOriginNeedsNeither() {
    try (WireFixture fixture =
        newFixture(ServerSpec.Forwarding.IGNORED, "proxies.external-uri", "https://api.example")) {
      assertThat(fixture.http2(Transport.TLS, "https", "", URI, "host: api.example"))
          .isEqualTo("api");
      assertThat(fixture.http2(Transport.TLS, "https", "api.example", URI)).isEqualTo("api");
      String other = "https://other.example/api/x";
      assertThat(fixture.http2(Transport.TLS, "https", "", other, "host: other.example"))
          .isEqualTo(REFUSED);
    }
  }

  @Test
  default void bothMayStandThereIfTheyAgree() {
    assertThat(wire().http2(Transport.TLS, "https", "api.example", URI, "host: api.example"))
        .isEqualTo("api");
  }

  @Test
  default void aHostBesideAnotherAuthorityCountsForNothing() {
    assertThat(wire().http2(Transport.TLS, "https", "other.example", URI, "host: api.example"))
        .isEqualTo(REFUSED);
    assertThat(wire().http2(Transport.TLS, "https", "api.example", URI, "host: other.example"))
        .isEqualTo(ofAnotherHost());
  }

  /** Undertow drops the field before any handler, and goes by {@code :authority} itself. */
  default String ofAnotherHost() {
    return REFUSED;
  }
}
