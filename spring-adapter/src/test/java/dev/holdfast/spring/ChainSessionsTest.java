package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.DelegatingSecurityContextRepository;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * What the start says of an enforced chain that stores contexts in a place of the application's.
 */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class ChainSessionsTest {
  private static final String LINE =
      "The chain api (any request) takes access tokens and stores what a request authenticated in "
          + Table.class.getName();
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  /** A table of the application's, in memory. */
  static final class Table implements SecurityContextRepository {
    private final Map<String, SecurityContext> rows = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("deprecation") // the interface's own
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
      return rows.getOrDefault(key(holder.getRequest()), new SecurityContextImpl());
    }

    @Override
    public void saveContext(
        SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
      rows.put(key(request), context);
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
      return rows.containsKey(key(request));
    }

    private static String key(HttpServletRequest request) {
      return String.valueOf(request.getHeader("X-Key"));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Implicit {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return TokenSessionsTest.chain(
          http.securityContext(
              context ->
                  context.requireExplicitSave(false).securityContextRepository(new Table())));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class BesideSessions {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      http.sessionManagement(
          sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED));
      return TokenSessionsTest.chain(
          http.securityContext(
              context ->
                  context.securityContextRepository(
                      new DelegatingSecurityContextRepository(
                          new HttpSessionSecurityContextRepository(), new Table()))));
    }
  }

  /** As an aspect makes it. */
  @Configuration(proxyBeanMethods = false)
  static class Advised {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      SecurityContextRepository advised =
          (SecurityContextRepository) new ProxyFactory(new Table()).getProxy();
      return TokenSessionsTest.chain(
          http.securityContext(
              context -> context.requireExplicitSave(false).securityContextRepository(advised)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Explicit {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return TokenSessionsTest.chain(
          http.securityContext(context -> context.securityContextRepository(new Table())));
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Implicit.class, BesideSessions.class, Advised.class})
  void aRepositoryThatIsWrittenToIsNamed(Class<?> chain, CapturedOutput output) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).containsOnlyOnce(LINE);
            });
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Explicit.class, // nobody writes there what a token authenticated
        TokenSessionsTest.IfRequired.class,
        TokenSessionsTest.Always.class,
        TokenSessionsTest.OneSession.class,
        TokenSessionsTest.Implicit.class,
        TokenSessionsTest.Ordinary.class
      })
  void theContainersSessionsAreNot(Class<?> chain, CapturedOutput output) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains("Enforced chains: api")
                  .doesNotContain("stores what a request authenticated");
            });
  }
}
