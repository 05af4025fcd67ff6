package dev.holdfast.spring;

import dev.holdfast.testing.TestIssuer;
import java.util.List;
import java.util.Map;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.convert.converter.Converter;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2TokenIntrospectionClaimAccessor;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.RestClientOpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.client.RestTemplate;

/** Where an introspector of Spring Security's may stand, and what may be made of its answer. */
final class WatchedChains {
  private WatchedChains() {}

  /** Keeps the name alone. */
  private static Converter<OAuth2TokenIntrospectionClaimAccessor, OAuth2AuthenticatedPrincipal>
      dropping() {
    return answer ->
        new DefaultOAuth2AuthenticatedPrincipal(
            answer.getSubject(), Map.of("sub", answer.getSubject(), "active", true), List.of());
  }

  static SpringOpaqueTokenIntrospector converting() {
    SpringOpaqueTokenIntrospector springs = SilentChains.springs();
    springs.setAuthenticationConverter(dropping());
    return springs;
  }

  static RestClientOpaqueTokenIntrospector byRestClient() {
    return RestClientOpaqueTokenIntrospector.withIntrospectionUri(
            ChainsFixture.issuer.introspectionUri())
        .clientId(TestIssuer.CLIENT_ID)
        .clientSecret(TestIssuer.CLIENT_SECRET)
        .build();
  }

  @Configuration
  static class ConvertingBean extends SilentChains.OpaqueChain {
    @Bean
    SpringOpaqueTokenIntrospector introspector() {
      return converting();
    }
  }

  /** Injected by its final class, and asked by one of the application's. */
  @Configuration
  static class FinalBean extends SilentChains.OpaqueChain {
    @Bean
    RestClientOpaqueTokenIntrospector springsOwn() {
      return byRestClient();
    }

    @Bean
    @Primary
    OpaqueTokenIntrospector introspector(RestClientOpaqueTokenIntrospector springsOwn) {
      return new SilentChains.UserInfo(springsOwn, Map.of());
    }
  }

  @Configuration
  static class ConvertingFinalBean extends SilentChains.OpaqueChain {
    @Bean
    OpaqueTokenIntrospector introspector() {
      RestClientOpaqueTokenIntrospector springs = byRestClient();
      springs.setAuthenticationConverter(dropping());
      return springs;
    }
  }

  /** As Spring Security's reference shows it: the delegate is a field, and no bean. */
  @Configuration
  static class HeldInAField extends SilentChains.OpaqueChain {
    @Bean
    OpaqueTokenIntrospector introspector() {
      return new SilentChains.UserInfo(converting(), Map.of());
    }
  }

  @Configuration
  static class FinalInALambda extends SilentChains.OpaqueChain {
    @Bean
    OpaqueTokenIntrospector introspector() {
      RestClientOpaqueTokenIntrospector springs = byRestClient();
      return token -> new SilentChains.UserInfo(springs, Map.of()).introspect(token);
    }
  }

  @Configuration
  static class Extended extends SilentChains.OpaqueChain {
    static class Own extends SpringOpaqueTokenIntrospector {
      Own() {
        super(ChainsFixture.issuer.introspectionUri(), withCredentials());
      }

      private static RestTemplate withCredentials() {
        RestTemplate client = new RestTemplate();
        client
            .getInterceptors()
            .add(
                new BasicAuthenticationInterceptor(TestIssuer.CLIENT_ID, TestIssuer.CLIENT_SECRET));
        return client;
      }

      @Override
      public OAuth2AuthenticatedPrincipal introspect(String token) {
        return new SilentChains.UserInfo(super::introspect, Map.of()).introspect(token);
      }
    }

    @Bean
    OpaqueTokenIntrospector introspector() {
      return new Own();
    }
  }

  @Configuration
  static class BehindAnAspect extends SilentChains.OpaqueChain {
    @Bean
    OpaqueTokenIntrospector introspector() {
      ProxyFactory aspect = new ProxyFactory(converting());
      aspect.setInterfaces(OpaqueTokenIntrospector.class);
      return (OpaqueTokenIntrospector) aspect.getProxy();
    }
  }

  /** No bean at all. */
  @Configuration
  static class OfTheChain {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(
              server -> server.opaqueToken(opaque -> opaque.introspector(converting())))
          .build();
    }
  }

  /** Spring Security makes it of these lines. */
  @Configuration
  static class OfTheChainsLines {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(
              server ->
                  server.opaqueToken(
                      opaque ->
                          opaque
                              .introspectionUri(ChainsFixture.issuer.introspectionUri())
                              .introspectionClientCredentials(
                                  TestIssuer.CLIENT_ID, TestIssuer.CLIENT_SECRET)))
          .build();
    }
  }

  /** As Spring Security's reference shows it for several tenants. */
  @Configuration
  static class OfAManager {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      AuthenticationManager manager =
          new ProviderManager(new OpaqueTokenAuthenticationProvider(converting()));
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> manager))
          .build();
    }
  }

  /** It asks about another token than the presented one, by a delegate that is no bean. */
  @Configuration
  static class ExchangedByRestClient extends SilentChains.OpaqueChain {
    @Bean
    OpaqueTokenIntrospector introspector() {
      RestClientOpaqueTokenIntrospector springs = byRestClient();
      return presented -> springs.introspect(SilentChains.EXCHANGED.get());
    }
  }

  /** {@link SilentChains.HandWritten} as an authentication manager of the application's. */
  @Configuration
  static class HandWrittenManager {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      OpaqueTokenIntrospector own = new SilentChains.HandWritten().introspector();
      AuthenticationManager manager =
          presented -> {
            String token = ((BearerTokenAuthenticationToken) presented).getToken();
            return new BearerTokenAuthentication(
                own.introspect(token),
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token, null, null),
                List.of());
          };
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> manager))
          .build();
    }
  }
}
