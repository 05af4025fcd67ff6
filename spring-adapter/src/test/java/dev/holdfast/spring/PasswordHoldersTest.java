package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.function.SingletonSupplier;

/** Where what takes passwords may keep what verifies an access token. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
class PasswordHoldersTest {
  private static final JwtDecoder DECODER =
      token -> {
        throw new BadJwtException("none");
      };
  private static final String NAMED = "Not covered: what api (any request) takes by ";
  private static final String AS_A_PASSWORD = " (a password, which may be an access token)";

  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  private record Held(Object value) {}

  @SuppressWarnings("ArrayRecordComponent") // it is only looked into
  private record Wrapped(JwtDecoder[] decoders) {}

  private static SecurityFilterChain enforced(HttpSecurity http) {
    return http.oauth2ResourceServer(server -> server.jwt(withDefaults())).build();
  }

  @Configuration(proxyBeanMethods = false)
  static class Providing {
    @Bean
    SecurityFilterChain api(HttpSecurity http, Held held) {
      return enforced(
          http.httpBasic(withDefaults())
              .authenticationProvider(new PasswordTokensTest.Passwords(held.value())));
    }
  }

  private static Supplier<JwtDecoder> supplying(JwtDecoder decoder) {
    return () -> decoder;
  }

  /** A map of the application's own. */
  private static final class Registry extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;
  }

  /** A list of the application's own. */
  private static final class Registered extends ArrayList<Object> {
    private static final long serialVersionUID = 1L;

    Registered() {
      super(List.of(DECODER));
    }
  }

  private static Map<String, Object> springs(Map<String, Object> empty) {
    empty.put("tenant", DECODER);
    return empty;
  }

  static Stream<Object> holders() {
    return Stream.of(
        List.of(DECODER),
        Map.of("tenant", DECODER),
        Map.of("tenant", List.of(DECODER)),
        new Wrapped(new JwtDecoder[] {DECODER}),
        springs(new Registry()),
        new Registered(),
        springs(new LinkedCaseInsensitiveMap<>()),
        springs(new ConcurrentReferenceHashMap<>()),
        new LinkedMultiValueMap<>(Map.of("tenant", List.of(DECODER))),
        Optional.of(DECODER),
        SingletonSupplier.of(DECODER),
        supplying(DECODER),
        new ProviderManager(new JwtAuthenticationProvider(DECODER)));
  }

  @ParameterizedTest
  @MethodSource("holders")
  void aProviderThatHoldsAVerifierInAnythingIsNamed(Object holder, CapturedOutput output) {
    web.withBean(Held.class, () -> new Held(holder))
        .withUserConfiguration(Providing.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains(NAMED + PasswordTokensTest.Passwords.class.getName() + AS_A_PASSWORD);
            });
  }

  /** {@code httpBasic} has it in the parent of its own manager, behind a proxy. */
  @Configuration(proxyBeanMethods = false)
  static class ManagerBean {
    @Bean
    AuthenticationManager manager() {
      return new ProviderManager(new PasswordTokensTest.Passwords(DECODER));
    }

    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return enforced(http.httpBasic(withDefaults()));
    }
  }

  @Test
  void aProviderOfAManagerThatIsABeanIsNamed(CapturedOutput output) {
    web.withUserConfiguration(ManagerBean.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains(NAMED + PasswordTokensTest.Passwords.class.getName() + AS_A_PASSWORD);
            });
  }

  /** Takes the token as the name of a user. */
  private record TokenUsers(JwtDecoder decoder) implements UserDetailsService {
    @Override
    public UserDetails loadUserByUsername(String name) {
      throw new UsernameNotFoundException(decoder.decode(name).getSubject());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Users {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return enforced(
          http.httpBasic(withDefaults())
              .authenticationProvider(new DaoAuthenticationProvider(new TokenUsers(DECODER))));
    }
  }

  private record TokenManagerOfPasswords(JwtDecoder decoder) implements AuthenticationManager {
    @Override
    public Authentication authenticate(Authentication asked) {
      throw new BadJwtException(decoder.decode(asked.getName()).getSubject());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Managing {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return enforced(
          http.addFilter(new BasicAuthenticationFilter(new TokenManagerOfPasswords(DECODER))));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ManagingInCode {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return enforced(http.addFilter(new BasicAuthenticationFilter(managing(DECODER))));
    }

    private static AuthenticationManager managing(JwtDecoder decoder) {
      return asked -> {
        throw new BadJwtException(decoder.decode(asked.getName()).getSubject());
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Choosing {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return enforced(
          http.addFilterBefore(
              new AuthenticationFilter(choosing(DECODER), new BasicAuthenticationConverter()),
              BasicAuthenticationFilter.class));
    }

    private static AuthenticationManagerResolver<HttpServletRequest> choosing(JwtDecoder decoder) {
      return request -> new TokenManagerOfPasswords(decoder);
    }
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(
            Users.class,
            DaoAuthenticationProvider.class.getName() + " with " + TokenUsers.class.getName()),
        Arguments.of(ForBoth.class, BothWays.class.getName()),
        Arguments.of(Managing.class, TokenManagerOfPasswords.class.getName()),
        Arguments.of(Choosing.class, "an AuthenticationManagerResolver in code"),
        Arguments.of(ManagingInCode.class, "an AuthenticationManager in code"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void usersAndManagersThatHoldAVerifierAreNamed(
      Class<?> chain, String name, CapturedOutput output) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).contains(NAMED + name + AS_A_PASSWORD);
            });
  }

  /** It is for access tokens, and for passwords as well. */
  private record BothWays(JwtDecoder decoder) implements AuthenticationProvider {
    @Override
    public Authentication authenticate(Authentication asked) {
      throw new BadJwtException(decoder.decode(asked.getName()).getSubject());
    }

    @Override
    public boolean supports(Class<?> authentication) {
      return true;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ForBoth {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return enforced(http.httpBasic(withDefaults()).authenticationProvider(new BothWays(DECODER)));
    }
  }

  // ---- what takes no token as a password

  /** The manager of the chain verifies access tokens for the bearer filter as well. */
  @Configuration(proxyBeanMethods = false)
  static class Shared {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      return enforced(
          http.httpBasic(withDefaults())
              .authenticationManager(
                  new ProviderManager(
                      new JwtAuthenticationProvider(DECODER),
                      new DaoAuthenticationProvider(name -> null))));
    }
  }

  @ParameterizedTest
  @ValueSource(classes = Shared.class)
  void whatVerifiesOnlyBearerTokensIsNotNamed(Class<?> chain, CapturedOutput output) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).contains("Not covered: nothing");
            });
  }
}
