package dev.holdfast.spring;

import dev.holdfast.spring.witness.TokenWitness;
import dev.holdfast.testing.TestIssuer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/** Resource servers whose own parts say less of a token than its issuer did. */
final class SilentChains {
  private SilentChains() {}

  static SpringOpaqueTokenIntrospector springs() {
    return SpringOpaqueTokenIntrospector.withIntrospectionUri(
            ChainsFixture.issuer.introspectionUri())
        .clientId(TestIssuer.CLIENT_ID)
        .clientSecret(TestIssuer.CLIENT_SECRET)
        .build();
  }

  /** As Spring Security's reference shows it: it introspects, and answers with other attributes. */
  static final class UserInfo implements OpaqueTokenIntrospector {
    private final OpaqueTokenIntrospector delegate;
    private final Map<String, Object> more;

    UserInfo(OpaqueTokenIntrospector delegate, Map<String, Object> more) {
      this.delegate = delegate;
      this.more = more;
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
      String subject = delegate.introspect(token).getAttribute("sub");
      Map<String, Object> userInfo = new HashMap<>(more);
      userInfo.put("sub", subject);
      userInfo.put("email", "alice@example.com");
      return new DefaultOAuth2AuthenticatedPrincipal(userInfo, List.of());
    }
  }

  @Configuration
  static class UserInfoOfItsOwn extends OpaqueChain {
    @Bean
    OpaqueTokenIntrospector introspector() {
      return new UserInfo(springs(), Map.of());
    }
  }

  /** By lines of its own, which Holdfast does not see: some members of the answer. */
  @Configuration
  static class HandWritten extends OpaqueChain {
    @Bean
    OpaqueTokenIntrospector introspector() {
      return token -> new UserInfo(springs(), Map.of("active", true)).introspect(token);
    }
  }

  @Configuration
  static class UserInfoOverASpringBean extends OpaqueChain {
    @Bean
    SpringOpaqueTokenIntrospector springsOwn() {
      return springs();
    }

    @Bean
    @org.springframework.context.annotation.Primary
    OpaqueTokenIntrospector introspector(SpringOpaqueTokenIntrospector springsOwn) {
      return new UserInfo(springsOwn, Map.of());
    }
  }

  /** The token that {@link ExchangedToken} asks about, whatever was presented. */
  static final AtomicReference<String> EXCHANGED = new AtomicReference<>("");

  /** It exchanges the token for another one, and answers with what is said of that one. */
  @Configuration
  static class ExchangedToken extends OpaqueChain {
    @Bean
    SpringOpaqueTokenIntrospector springsOwn() {
      return springs();
    }

    @Bean
    @org.springframework.context.annotation.Primary
    OpaqueTokenIntrospector introspector(SpringOpaqueTokenIntrospector springsOwn) {
      return presented -> springsOwn.introspect(EXCHANGED.get());
    }
  }

  /** One that says nothing but the user's name: nothing of the answer is left. */
  @Configuration
  static class HidingOpaqueConverter {
    @Bean
    OpaqueTokenIntrospector introspector() {
      return new UserInfo(springs(), Map.of());
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(
              server ->
                  server.opaqueToken(
                      opaque ->
                          opaque.authenticationConverter(
                              (token, principal) -> hidden(principal.getName()))))
          .build();
    }
  }

  /** A decoder whose claim set converter leaves cnf out. */
  @Configuration
  static class DroppingDecoder {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      MappedJwtClaimSetConverter all = MappedJwtClaimSetConverter.withDefaults(Map.of());
      NimbusJwtDecoder decoder = decoder();
      decoder.setClaimSetConverter(
          claims -> {
            Map<String, Object> left = all.convert(claims);
            left.remove("cnf");
            return left;
          });
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder)))
          .build();
    }
  }

  /** A provider of the application's own, whose result has neither a Jwt nor attributes. */
  @Configuration
  static class OwnProvider {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      JwtDecoder decoder = decoder();
      AuthenticationProvider own =
          new AuthenticationProvider() {
            @Override
            public Authentication authenticate(Authentication authentication) {
              String token = ((BearerTokenAuthenticationToken) authentication).getToken();
              return hidden(decoder.decode(token).getSubject());
            }

            @Override
            public boolean supports(Class<?> type) {
              return BearerTokenAuthenticationToken.class.isAssignableFrom(type);
            }
          };
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(
              server ->
                  server.jwt(
                      jwt ->
                          jwt.authenticationManager(
                              new org.springframework.security.authentication.ProviderManager(
                                  new TokenWitness(), own))))
          .build();
    }
  }

  static class OpaqueChain {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
          .build();
    }
  }

  private static UsernamePasswordAuthenticationToken hidden(String name) {
    return new UsernamePasswordAuthenticationToken(
        name, "n/a", AuthorityUtils.createAuthorityList("ROLE_CUSTOM"));
  }

  private static NimbusJwtDecoder decoder() {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(ChainsFixture.issuer.jwkSetUri())
            .validateType(false)
            .build();
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>());
    return decoder;
  }
}
