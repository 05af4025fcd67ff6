package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** On a management port of its own, too, the container's session keeps no login of a token. */
@Tag("whole")
class ManagementSessionsTest extends ChainsFixture {

  /** It writes below Holdfast's request, as code does that has kept a session of the container. */
  @Configuration(proxyBeanMethods = false)
  static class Unwrapping {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return TokenSessionsTest.chain(
          http.addFilterAfter(Unwrapping::store, BearerTokenAuthenticationFilter.class));
    }

    private static void store(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      Authentication known = SecurityContextHolder.getContext().getAuthentication();
      if (known != null) {
        ServletRequest below = request;
        while (below instanceof ServletRequestWrapper wrapper) {
          below = wrapper.getRequest();
        }
        ((HttpServletRequest) below)
            .getSession()
            .setAttribute(
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                new SecurityContextImpl(
                    UsernamePasswordAuthenticationToken.authenticated(
                        "db-" + known.getName(), null, List.of())));
      }
      chain.doFilter(request, response);
    }
  }

  private static HttpResponse<String> info(
      ConfigurableApplicationContext app, String field, String value)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "https://127.0.0.1:"
                        + app.getEnvironment().getRequiredProperty("local.management.port")
                        + "/actuator/info"))
            .header(field, value)
            .build();
    return HttpClient.newBuilder()
        .sslContext(PKI.sslContext(RIGHTFUL))
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theContainersSessionKeepsNoLoginThere() throws Exception {
    Map<String, String> settings = new HashMap<>(bootJwt());
    settings.put("management.server.port", "0");
    settings.put("management.endpoints.web.exposure.include", "info");
    ConfigurableApplicationContext app = app("management sessions", settings, Unwrapping.class);
    String token = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    HttpResponse<String> answer = info(app, "Authorization", "Bearer " + token);
    assertThat(answer.statusCode()).isEqualTo(200);
    String cookie =
        answer.headers().firstValue("Set-Cookie").orElse("none").replaceFirst(";.*", "");
    assertThat(cookie).startsWith("JSESSIONID=");
    assertThat(info(app, "Cookie", cookie).statusCode()).isEqualTo(401);
  }
}
