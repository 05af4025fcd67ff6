package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What frameworks put before a path: it must end there. */
class ForwardedAuthorityTest {

  @ParameterizedTest
  @ValueSource(strings = {"http", "https", "HTTPS", "wss", "coap+tcp", "a1-b.c"})
  void aSchemeIsTaken(String scheme) {
    assertThat(ForwardedAuthority.isScheme(scheme)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "http:", "http://evil/pay/x?", "https ", "ht/tp", "http?", "http#", "[", "`"})
  void whatCarriesMoreIsNoScheme(String scheme) {
    assertThat(ForwardedAuthority.isScheme(scheme)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.example",
        "API",
        "127.0.0.1",
        "[::1]",
        "::1",
        "a_b",
        "a%20b",
        "xn--bcher-kva.example",
        "a!$&'()*+,;=b",
        "b\u00fccher.example"
      })
  void aHostIsTaken(String host) {
    assertThat(ForwardedAuthority.isHost(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil/pay",
        "evil?",
        "evil#",
        "evil\\pay",
        "a@evil",
        "a b",
        "a\tb",
        "a\u007fb",
        "/"
      })
  void whatCarriesAPathIsNoHost(String host) {
    assertThat(ForwardedAuthority.isHost(host)).isFalse();
  }
}
