package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.EnforcementListener;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.evidence.EvidenceSource;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** Which headers of a stranger reach the application: docs/behind-a-proxy.md has them. */
class HiddenHeadersTest {
  private static final List<String> SENT =
      List.of(
          "Forwarded",
          "X-Forwarded-Proto",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-For",
          "X-Forwarded-Ssl",
          "X_Forwarded_Host");

  private static HttpServletRequest admitted(String forwarding, Map<String, String> headers) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/me");
    headers.forEach(request::addHeader);
    Assembly assembly =
        Assembly.of(
            SettingsReader.read(
                Map.of(
                    "holdfast.proxies.trusted",
                    "10.0.0.5/32",
                    "holdfast.proxies.forwarding",
                    forwarding)),
            Clock.systemUTC());
    return EvidenceSource.of(assembly, EnforcementListener.silent()).admit(request);
  }

  private static List<String> hidden(String forwarding) {
    Map<String, String> headers =
        SENT.stream().collect(Collectors.toMap(name -> name, name -> "value"));
    List<String> left = Collections.list(admitted(forwarding, headers).getHeaderNames());
    return SENT.stream().filter(name -> !left.contains(name)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "none,''",
    "forwarded,Forwarded",
    "x-forwarded,X-Forwarded-Proto;X-Forwarded-Host;X-Forwarded-Port;X-Forwarded-Prefix"
        + ";X_Forwarded_Host"
  })
  void ofAStrangerThoseOfTheSettingAreHiddenAndNoOthers_T03(String forwarding, String names) {
    assertThat(hidden(forwarding))
        .containsExactlyElementsOf(
            Stream.of(names.split(";")).filter(name -> !name.isEmpty()).toList());
  }

  /** What {@code server.forward-headers-strategy=framework} registers, behind Holdfast's filter. */
  @Test
  void springsFilterBelievesAStrangerInWhatIsLeft() throws Exception {
    assertThat(serverName("Forwarded", "host=forged.example")).isEqualTo("forged.example");
    assertThat(serverName("X-Forwarded-Host", "forged.example")).isEqualTo("localhost");
  }

  private static String serverName(String header, String value) throws Exception {
    MockFilterChain chain = new MockFilterChain();
    new ForwardedHeaderFilter()
        .doFilter(
            admitted("x-forwarded", Map.of(header, value)), new MockHttpServletResponse(), chain);
    return Objects.requireNonNull(chain.getRequest()).getServerName();
  }
}
