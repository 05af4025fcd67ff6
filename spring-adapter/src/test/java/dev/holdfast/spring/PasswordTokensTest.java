package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A provider behind a password's filter that could verify an access token is named at the start.
 */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class PasswordTokensTest {
  private static final JwtDecoder DECODER =
      token -> {
        throw new BadJwtException("none");
      };

  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  /** As of {@code git clone https://x:TOKEN@host}. */
  static final class Passwords implements AuthenticationProvider {
    private final Object held;

    Passwords(Object held) {
      this.held = held;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
      if (held instanceof JwtAuthenticationProvider tokens) {
        return tokens.authenticate(
            new BearerTokenAuthenticationToken(String.valueOf(asked.getCredentials())));
      }
      throw new BadJwtException("none");
    }

    @Override
    public boolean supports(Class<?> authentication) {
      return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
  }

  private record Wrapped(Object inner) {}

  private static SecurityFilterChain chain(HttpSecurity http, Object held) {
    return http.httpBasic(withDefaults())
        .authenticationProvider(new Passwords(held))
        .oauth2ResourceServer(server -> server.jwt(withDefaults()))
        .build();
  }

  @Configuration(proxyBeanMethods = false)
  static class Holding {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return chain(http, DECODER);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Delegating {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return chain(http, new Wrapped(new JwtAuthenticationProvider(DECODER)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Harmless {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return chain(http, new Wrapped("a list of passwords"));
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Holding.class, Delegating.class})
  void whatMayTakeATokenAsAPasswordIsNamed(Class<?> chains, CapturedOutput output) {
    web.withUserConfiguration(chains)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains(
                      "Not covered: what api (any request) takes by "
                          + Passwords.class.getName()
                          + " (a password, which may be an access token)");
            });
  }

  @Test
  void oneThatVerifiesNoTokensIsNot(CapturedOutput output) {
    web.withUserConfiguration(Harmless.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).contains("Not covered: nothing");
            });
  }
}
