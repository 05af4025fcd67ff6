package dev.holdfast.spring.boot.targets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Jetty takes a forwarded scheme as it is, and Spring's filter a forwarded host. */
class ForwardedTargetFilterTest {

  @ParameterizedTest
  @CsvSource({
    "https, api.example, /public/x, 200",
    "http, [::1], /public/%3Fx, 200",
    "http://evil/pay/x?, api.example, /public/x, 400",
    "https, evil/pay/x?, /public/x, 400",
    "https, evil#, /public/x, 400",
    "https, api.example, /pay/x?/public/x, 400",
    "https, api.example, /pay/x#/public/x, 400"
  })
  void aTargetEndsWhereThePathBegins(String scheme, String host, String path, int status)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    request.setScheme(scheme);
    request.setServerName(host);
    MockHttpServletResponse response = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();
    new ForwardedTargetFilter().doFilter(request, response, chain);
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(chain.getRequest() != null).isEqualTo(status == 200);
  }
}
