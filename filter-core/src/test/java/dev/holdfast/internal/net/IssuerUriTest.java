package dev.holdfast.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T101: where tokens and credentials may be sent. */
class IssuerUriTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://as.example",
        "HTTPS://as.example:65535/introspect?tenant=a",
        "http://localhost:8080/",
        "http://LOCALHOST/",
        "http://127.0.0.1/",
        "http://127.9.8.7:1/",
        "http://[::1]:8080/"
      })
  void isTaken_T101(String uri) {
    assertThat(IssuerUri.require("p", uri)).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "as.example",
        "/introspect",
        "https:",
        "https:///introspect",
        "https:as.example",
        "http://as.example/",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://127.1/",
        "http://128.0.0.1/",
        "http://[::2]/",
        "http://0.0.0.0/",
        "ftp://localhost/",
        "file://localhost/etc",
        "https://as.example/#fragment",
        "https://as.example:65536/",
        "https://as .example/",
        "https://as_example/"
      })
  void isNotTaken_T101(String uri) {
    assertThatThrownBy(() -> IssuerUri.require("p", uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("p ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://user:hush@as.example/", "https://user:hu sh@as.example/"})
  void aPasswordInItIsNotShown_T102(String uri) {
    assertThatThrownBy(() -> IssuerUri.require("p", uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("hu");
  }

  @Test
  void theTextSaysWhatToDo() {
    assertThatThrownBy(() -> IssuerUri.require("introspection.uri", "http://as.example/"))
        .hasMessage(
            "introspection.uri must begin with https:// (http:// is taken for loopback addresses"
                + " only): \"http://as.example/\"");
  }

  @Test
  void plainHttpBeyondLoopbackNeedsASetting_C48() {
    String inside = "http://keycloak:8080/realms/x";
    assertThat(IssuerUri.require("p", inside, true)).hasToString(inside);
    assertThatThrownBy(() -> IssuerUri.require("p", inside, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IssuerUri.require("p", "ftp://keycloak/", true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
