package dev.holdfast.servlet.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.EnforcementListener;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.cookie.CookieScope;
import dev.holdfast.servlet.evidence.EvidenceSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proxy that removes a prefix, and a companion that has it in its path. */
class CompanionPathTest {
  private static final CookieScope PREFIXED = new CookieScope("Path=/outer; SameSite=Lax");

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }

  private static HttpServletRequest received(String path) {
    ServletContext context = answering(ServletContext.class, Map.of("getContextPath", ""));
    return answering(
        HttpServletRequest.class,
        Map.of(
            "getServletContext",
            context,
            "getDispatcherType",
            DispatcherType.REQUEST,
            "getRequestURI",
            path,
            "getServletPath",
            path,
            "isSecure",
            true,
            "getServerPort",
            443,
            "getScheme",
            "https",
            "getServerName",
            "api.example"));
  }

  private static boolean covers(HttpServletRequest request, EvidenceSource evidence) {
    return CompanionPath.covers(PREFIXED, request, evidence, "/");
  }

  @Test
  void thePrefixThatAFilterReadCounts() {
    HttpServletRequest received = received("/me");
    HttpServletRequest shown =
        new HttpServletRequestWrapper(received) {
          @Override
          public String getRequestURI() {
            return "/outer/me";
          }
        };
    assertThat(covers(received, EvidenceSource.ofContainer())).isFalse();
    assertThat(covers(shown, EvidenceSource.ofContainer())).isTrue();
  }

  @Test
  void soDoesTheConfiguredOne() {
    Assembly assembly =
        Assembly.of(
            SettingsReader.readInitParameters(
                Map.of("proxies.external-uri", "https://api.example/outer")),
            Clock.systemUTC());
    EvidenceSource evidence = EvidenceSource.of(assembly, EnforcementListener.silent());
    assertThat(covers(received("/me"), evidence)).isTrue();
    assembly.close();
  }

  @Test
  void andSoDoesThePathOfTheCookieAsItIsConfigured() {
    assertThat(
            CompanionPath.covers(PREFIXED, received("/me"), EvidenceSource.ofContainer(), "/outer"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/a, /a, true", "/a, /a/b, true", "/a/, /a/b, true", "/, /a, true",
    "/a, /ab, false", "/a/, /a, false", "/a, /, false", "/a, /A, false"
  })
  void asRfc6265Section514(String cookie, String request, boolean matches) {
    assertThat(CompanionPath.matches(cookie, request)).isEqualTo(matches);
  }
}
