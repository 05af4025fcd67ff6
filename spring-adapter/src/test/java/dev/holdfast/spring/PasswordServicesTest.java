package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.authentication.ott.GenerateOneTimeTokenRequest;
import org.springframework.security.authentication.ott.OneTimeToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenService;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/** Where what takes passwords has a verifier of access tokens one object further away. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class PasswordServicesTest {
  private static final JwtDecoder DECODER =
      token -> {
        throw new BadJwtException("none");
      };
  private static final JwtAuthenticationProvider TOKENS = new JwtAuthenticationProvider(DECODER);
  private static final UserDetailsService NOBODY = new InMemoryUserDetailsManager();

  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  private interface TokenService {
    Authentication verify(String token);
  }

  private record VerifyingService(AuthenticationProvider tokens) implements TokenService {
    @Override
    public Authentication verify(String token) {
      return tokens.authenticate(new BearerTokenAuthenticationToken(token));
    }
  }

  private record OpaqueService(List<OpaqueTokenAuthenticationProvider> tokens)
      implements TokenService {
    @Override
    public Authentication verify(String token) {
      return tokens.get(0).authenticate(new BearerTokenAuthenticationToken(token));
    }
  }

  /** Of the application's, and supports no access tokens. */
  private record OwnProvider(JwtDecoder decoder) implements AuthenticationProvider {
    @Override
    public Authentication authenticate(Authentication asked) {
      throw new BadJwtException(decoder.decode(asked.getName()).getSubject());
    }

    @Override
    public boolean supports(Class<?> authentication) {
      return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
  }

  private record TokenPasswords(JwtDecoder decoder) implements PasswordEncoder {
    @Override
    public String encode(CharSequence raw) {
      return raw.toString();
    }

    @Override
    public boolean matches(CharSequence raw, String encoded) {
      return decoder.decode(raw.toString()).getSubject().equals(encoded);
    }
  }

  private record TokensOnce(JwtDecoder decoder) implements OneTimeTokenService {
    @Override
    public OneTimeToken generate(GenerateOneTimeTokenRequest request) {
      throw new BadJwtException("none");
    }

    @Override
    public OneTimeToken consume(OneTimeTokenAuthenticationToken token) {
      throw new BadJwtException(decoder.decode(token.getTokenValue()).getSubject());
    }
  }

  private static Authentication bearer(Authentication asked) {
    return new BearerTokenAuthenticationToken(String.valueOf(asked.getCredentials()));
  }

  private static AuthenticationManager overTwo(
      AuthenticationProvider tokens, AuthenticationProvider passwords) {
    return asked ->
        asked.getName().equals("x")
            ? tokens.authenticate(bearer(asked))
            : passwords.authenticate(asked);
  }

  private static AuthenticationManager overService(TokenService service) {
    return asked -> service.verify(String.valueOf(asked.getCredentials()));
  }

  private static AuthenticationManager overSupplier(Supplier<AuthenticationProvider> supplier) {
    return asked -> supplier.get().authenticate(asked);
  }

  private static AuthenticationManager overInner(AuthenticationManager inner) {
    return asked -> inner.authenticate(bearer(asked));
  }

  private static Supplier<AuthenticationProvider> supplying(AuthenticationProvider provider) {
    return () -> provider;
  }

  private static AuthenticationManager manager(String kind) {
    return switch (kind) {
      case "providers" -> overTwo(TOKENS, new DaoAuthenticationProvider(NOBODY));
      case "service" -> overService(new VerifyingService(TOKENS));
      case "opaque" ->
          overService(
              new OpaqueService(
                  List.of(
                      new OpaqueTokenAuthenticationProvider(
                          token -> {
                            throw new BadJwtException("none");
                          }))));
      case "supplier" -> overSupplier(supplying(TOKENS));
      case "suppliedOwn" -> overSupplier(supplying(new OwnProvider(DECODER)));
      case "inner" -> overInner(new ProviderManager(TOKENS));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static PasswordEncoder delegating(PasswordEncoder encoder) {
    return new DelegatingPasswordEncoder("token", Map.of("token", encoder));
  }

  private static DaoAuthenticationProvider passwords(PasswordEncoder encoder) {
    DaoAuthenticationProvider passwords = new DaoAuthenticationProvider(NOBODY);
    passwords.setPasswordEncoder(encoder);
    return passwords;
  }

  private static void configure(HttpSecurity http, String kind) {
    switch (kind) {
      case "filter" ->
          http.addFilterBefore(
              new AuthenticationFilter(
                  manager("service"),
                  request ->
                      request.getCookies() == null
                          ? null
                          : UsernamePasswordAuthenticationToken.unauthenticated(
                              "x", request.getCookies()[0].getValue())),
              BasicAuthenticationFilter.class);
      case "encoder" ->
          http.httpBasic(withDefaults())
              .authenticationProvider(passwords(new TokenPasswords(DECODER)));
      case "delegatedEncoder" ->
          http.httpBasic(withDefaults())
              .authenticationProvider(passwords(delegating(new TokenPasswords(DECODER))));
      case "oneTime" ->
          http.oneTimeTokenLogin(
              login ->
                  login
                      .tokenService(new TokensOnce(DECODER))
                      .tokenGenerationSuccessHandler((request, response, token) -> {}));
      case "lawfulEncoder" ->
          http.httpBasic(withDefaults()).authenticationProvider(passwords(new Plain()));
      case "lawfulManager" ->
          http.addFilter(
              new BasicAuthenticationFilter(
                  overSupplier(supplying(new DaoAuthenticationProvider(NOBODY)))));
      default -> http.addFilter(new BasicAuthenticationFilter(manager(kind)));
    }
  }

  private record Plain() implements PasswordEncoder {
    @Override
    public String encode(CharSequence raw) {
      return raw.toString();
    }

    @Override
    public boolean matches(CharSequence raw, String encoded) {
      return raw.toString().equals(encoded);
    }
  }

  private record Kind(String name) {}

  @Configuration(proxyBeanMethods = false)
  static class Api {
    @Bean
    SecurityFilterChain api(HttpSecurity http, Kind kind) {
      configure(http, kind.name());
      return http.oauth2ResourceServer(server -> server.jwt(withDefaults())).build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(User.withUsername("u").password("{noop}p").build());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "providers, an AuthenticationManager in code",
    "service, an AuthenticationManager in code",
    "opaque, an AuthenticationManager in code",
    "supplier, an AuthenticationManager in code",
    "suppliedOwn, an AuthenticationManager in code",
    "inner, an AuthenticationManager in code",
    "filter, an AuthenticationManager in code",
    "encoder, DaoAuthenticationProvider with dev.holdfast.spring.PasswordServicesTest$TokenPasswords",
    "delegatedEncoder, DaoAuthenticationProvider with"
        + " dev.holdfast.spring.PasswordServicesTest$TokenPasswords",
    "oneTime, OneTimeTokenAuthenticationProvider with"
        + " dev.holdfast.spring.PasswordServicesTest$TokensOnce"
  })
  void aVerifierThatIsReachedOverAnythingIsNamed(String kind, String name, CapturedOutput output) {
    web.withBean(Kind.class, () -> new Kind(kind))
        .withUserConfiguration(Api.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .containsPattern(
                      "Not covered: what api \\(any request\\) takes by [a-zA-Z. ]*?"
                          + Pattern.quote(name + " (a password, which may be an access token)"));
            });
  }

  /** For the chain's bearer filter alone, which Holdfast stands in. */
  @Configuration(proxyBeanMethods = false)
  static class OwnManagerOfTheResourceServer {
    @Bean
    SecurityFilterChain api(HttpSecurity http) {
      AuthenticationManager own = overService(new VerifyingService(TOKENS));
      return http.oauth2ResourceServer(
              server -> server.authenticationManagerResolver(request -> own))
          .build();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = OwnManagerOfTheResourceServer.class)
  void whatHoldfastConfirmsIsNotNamed(Class<?> chain, CapturedOutput output) {
    web.withUserConfiguration(chain)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).contains("Not covered: nothing");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"lawfulEncoder", "lawfulManager"})
  void whatVerifiesPasswordsOnlyIsNotNamed(String kind, CapturedOutput output) {
    web.withBean(Kind.class, () -> new Kind(kind))
        .withUserConfiguration(Api.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output).contains("Not covered: nothing");
            });
  }
}
