package dev.holdfast.servlet;

import static dev.holdfast.servlet.RawHttp.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.servlet.WireFixture.Transport;
import dev.holdfast.testing.contract.ServerSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scheme in a request's own line, beside a connection with TLS or without. */
interface SchemeCases {
  String HOST = "api.example";
  String HTTPS = "https://api.example/api/x";
  String HTTP = "http://api.example/api/x";

  WireFixture wire();

  WireFixture newFixture(ServerSpec.Forwarding forwarding, String... settings);

  private String http1(
      WireFixture fixture, Transport transport, String target, String uri, String... moreFields) {
    List<String> fields = new ArrayList<>(fixture.proving(uri));
    fields.addAll(List.of(moreFields));
    return fixture.http1(transport, target, HOST, fields);
  }

  @Test
  default void anAbsoluteTargetDoesNotMakeAConnectionSecure() {
    assertThat(http1(wire(), Transport.CLEAR, HTTPS, HTTPS)).isEqualTo(REFUSED);
    assertThat(http1(wire(), Transport.CLEAR, "HTTPS://api.example/api/x", HTTPS))
        .isEqualTo(REFUSED);
    assertThat(http1(wire(), Transport.CLEAR, "/api/x", HTTPS)).isEqualTo(REFUSED);
    assertThat(http1(wire(), Transport.TLS, HTTPS, HTTPS)).isEqualTo("api");
    assertThat(http1(wire(), Transport.CLEAR, HTTP, HTTP)).isEqualTo("api");
  }

  @Test
  default void norDoesThePseudoHeaderField() {
    assertThat(wire().http2(Transport.CLEAR, "https", HOST, HTTPS)).isEqualTo(REFUSED);
    assertThat(wire().http2(Transport.CLEAR, "HTTPS", HOST, HTTPS)).isEqualTo(REFUSED);
    assertThat(wire().http2(Transport.CLEAR, "https", HOST, HTTP)).isEqualTo(REFUSED);
    assertThat(wire().http2(Transport.CLEAR, "http", HOST, HTTPS)).isEqualTo(REFUSED);
    assertThat(wire().http2(Transport.TLS, "https", HOST, HTTPS)).isEqualTo("api");
    assertThat(wire().http2(Transport.CLEAR, "http", HOST, HTTP)).isEqualTo("api");
  }

  /** It is not the container's own feature for proxies that makes the header count. */
  @Test
  default void norDoesAHeaderThatNothingReads() {
    assertThat(
            wire()
                .http2(
                    Transport.CLEAR,
                    "https",
                    HOST,
                    HTTPS,
                    "x-forwarded-proto: https",
                    "x-forwarded-for: 192.0.2.1"))
        .isEqualTo(REFUSED);
  }

  /** A proof for {@code http} is for a connection without TLS. */
  @Test
  default void aSchemeWithoutTlsDoesNotFitTls() {
    assertThat(wire().http2(Transport.TLS, "http", HOST, HTTP)).isEqualTo(REFUSED);
    assertThat(http1(wire(), Transport.TLS, HTTP, HTTP)).isEqualTo(REFUSED);
  }

  @Test
  default void theContainersOwnFeatureForProxiesCounts() {
    try (WireFixture fixture = newFixture(ServerSpec.Forwarding.REWRITES)) {
      String[] forwarded = {"x-forwarded-proto: https", "x-forwarded-for: 192.0.2.1"};
      assertThat(http1(fixture, Transport.CLEAR, "/api/x", HTTPS, forwarded)).isEqualTo("api");
      assertThat(http1(fixture, Transport.CLEAR, "/api/x", HTTP, forwarded)).isEqualTo(REFUSED);
      assertThat(fixture.http2(Transport.CLEAR, "http", HOST, HTTPS, forwarded)).isEqualTo("api");
      assertThat(fixture.http2(Transport.CLEAR, "https", HOST, HTTPS, forwarded)).isEqualTo("api");
      assertThat(fixture.http2(Transport.CLEAR, "https", HOST, HTTPS)).isEqualTo(REFUSED);
    }
  }

  @Test
  default void whatHoldfastsOwnSettingsSayCounts() {
    try (WireFixture fixture =
        newFixture(
            ServerSpec.Forwarding.IGNORED,
            "proxies.trusted",
            "127.0.0.1, ::1",
            "proxies.forwarding",
            "x-forwarded")) {
      String forwarded = "x-forwarded-proto: https";
      assertThat(http1(fixture, Transport.CLEAR, "/api/x", HTTPS, forwarded)).isEqualTo("api");
      assertThat(fixture.http2(Transport.CLEAR, "http", HOST, HTTPS, forwarded)).isEqualTo("api");
      assertThat(fixture.http2(Transport.CLEAR, "https", HOST, HTTPS, forwarded)).isEqualTo("api");
      assertThat(fixture.http2(Transport.CLEAR, "https", HOST, HTTPS)).isEqualTo(REFUSED);
    }
  }
}
