package dev.holdfast.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntrospectionEndpointTest {

  private static IntrospectionEndpoint endpoint(
      String uri, String id, String secret, Duration timeout, Duration skew) {
    return new IntrospectionEndpoint(
        null, URI.create(uri), id, secret, ClientAuthentication.POST, Set.of(), timeout, skew);
  }

  private static void assertRefused(
      String uri, String id, String secret, Duration timeout, Duration skew) {
    assertThatThrownBy(() -> endpoint(uri, id, secret, timeout, skew))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyPartIsChecked_T101() {
    Duration second = Duration.ofSeconds(1);
    String uri = "https://as.example/introspect";
    assertThatCode(() -> endpoint(uri, "api", "s", second, Duration.ZERO))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> endpoint("http://127.0.0.1:1/x", "api", "s", Duration.ofMinutes(1), second))
        .doesNotThrowAnyException();
    assertRefused("http://as.example/introspect", "api", "s", second, second);
    assertRefused(uri, "", "s", second, second);
    assertRefused(uri, "api", "", second, second);
    assertRefused(uri, "api", "s", Duration.ZERO, second);
    assertRefused(uri, "api", "s", Duration.ofMinutes(1).plusNanos(1), second);
    assertRefused(uri, "api", "s", second, Duration.ofNanos(-1));
  }

  @Test
  void theSecretIsNeverShown_T102() {
    assertThat(
            endpoint("https://as.example/", "api", "hush", Duration.ofSeconds(1), Duration.ZERO)
                .toString())
        .contains("https://as.example/", "api")
        .doesNotContain("hush");
  }
}
