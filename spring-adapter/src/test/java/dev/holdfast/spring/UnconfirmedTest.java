package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Nobody gets to see what a token that nobody has confirmed makes of its caller. */
@Tag("verify")
class UnconfirmedTest extends ChainsFixture {

  @BeforeEach
  void nothingWasSeen() {
    SEEN.clear();
  }

  // ---- events

  @ParameterizedTest
  @ValueSource(
      classes = {
        OwnManager.class,
        ManagerBean.class,
        PublishingManager.class,
        Multicaster.class,
        Publications.class
      })
  void noSuccessIsPublishedForAStolenToken_C42(Class<?> chain) {
    ConfigurableApplicationContext app = app("events-" + chain.getSimpleName(), bootJwt(), chain);
    String token = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    assertThat(call(app, THIEF, "/me", token).statusCode()).isEqualTo(401);
    assertThat(SEEN).as("what saw an unconfirmed token").isEmpty();
    assertThat(call(app, RIGHTFUL, "/me", token).statusCode()).isEqualTo(200);
    assertThat(SEEN).hasAtLeastOneElementOfType(AuthenticationSuccessEvent.class);
  }

  /** The example of the case: a manager in the DSL, with a publisher that no chain knows. */
  @Configuration
  static class OwnManager {
    @Bean
    SecurityFilterChain chain(
        HttpSecurity http, JwtDecoder decoder, ApplicationEventPublisher events) {
      return LateChains.authenticated(http)
          .oauth2ResourceServer(
              server -> server.jwt(jwt -> jwt.authenticationManager(manager(decoder, events))))
          .build();
    }
  }

  /** A bean, which Spring Security also makes the parent of each chain's own manager. */
  @Configuration
  static class ManagerBean {
    @Bean
    AuthenticationManager manager(JwtDecoder decoder, ApplicationEventPublisher events) {
      return UnconfirmedTest.manager(decoder, events);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, AuthenticationManager manager) {
      return LateChains.authenticated(http)
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> manager))
          .build();
    }
  }

  /** No {@code ProviderManager} at all: it publishes by itself. */
  @Configuration
  static class PublishingManager {
    @Bean
    SecurityFilterChain chain(
        HttpSecurity http, JwtDecoder decoder, ApplicationEventPublisher events) {
      JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
      AuthenticationManager manager =
          authentication -> {
            Authentication result = provider.authenticate(authentication);
            events.publishEvent(new AuthenticationSuccessEvent(result));
            return result;
          };
      return LateChains.authenticated(http)
          .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.authenticationManager(manager)))
          .build();
    }
  }

  /** An application with a multicaster of its own. */
  @Configuration
  static class Multicaster extends OwnManager {
    @Bean
    static SimpleApplicationEventMulticaster applicationEventMulticaster() {
      return new SimpleApplicationEventMulticaster();
    }
  }

  /** One that others know by what else it can do, as Spring Modulith's. */
  @Configuration
  static class Publications extends OwnManager {
    interface Outstanding {
      int count();
    }

    static final class Remembering extends SimpleApplicationEventMulticaster
        implements Outstanding {
      @Override
      public int count() {
        return 0;
      }
    }

    @Bean
    static Remembering applicationEventMulticaster() {
      return new Remembering();
    }

    @Bean
    String outstanding(Outstanding publications) {
      return "outstanding: " + publications.count();
    }
  }

  private static ProviderManager manager(JwtDecoder decoder, ApplicationEventPublisher events) {
    ProviderManager manager = new ProviderManager(new JwtAuthenticationProvider(decoder));
    manager.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(events));
    return manager;
  }

  // ---- the beans in somebody else's hands

  @ParameterizedTest
  @ValueSource(strings = {"jkt", "tbh", "x5t#S256", "kid"})
  void theDecoderRefusesATokenThatNobodyConfirms_C43(String member) {
    ConfigurableApplicationContext app = app("decoding", bootJwt(), Decoding.class);
    assertThat(decoded(app, bound(member, THIEF.thumbprint()))).isEqualTo("refused");
    assertThat(decoded(app, issuer.jwt(issuer.claims(null)))).isEqualTo("alice");
  }

  /** No request at all, as in a message interceptor. */
  @ParameterizedTest
  @ValueSource(strings = {"jkt", "tbh", "x5t#S256", "kid"})
  void theDecoderRefusesItOutsideARequest_C43(String member) {
    ConfigurableApplicationContext app = app("decoding", bootJwt(), Decoding.class);
    JwtDecoder decoder = app.getBean(JwtDecoder.class);
    assertThat(catchMessage(() -> decoder.decode(bound(member, RIGHTFUL.thumbprint()))))
        .isNotNull();
    assertThat(decoder.decode(issuer.jwt(issuer.claims(null))).getSubject()).isEqualTo("alice");
  }

  /** The token that Holdfast has confirmed for this request, and no other. */
  @Test
  void theDecoderTakesTheTokenOfThisRequest_C43() {
    ConfigurableApplicationContext app = app("decoding", bootJwt(), Decoding.class);
    String token = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    String fields = "Bearer " + token;
    assertThat(send(app, RIGHTFUL, "/decode", "Authorization", fields, "X-Token", token).body())
        .isEqualTo("alice");
    assertThat(
            send(
                    app,
                    RIGHTFUL,
                    "/decode",
                    "Authorization",
                    fields,
                    "X-Token",
                    bound("jkt", THIEF.thumbprint()))
                .body())
        .isEqualTo("refused");
  }

  @Test
  void theIntrospectorRefusesATokenThatNobodyConfirms_C43() {
    ConfigurableApplicationContext app = app("introspecting", bootOpaque(), Decoding.class);
    OpaqueTokenIntrospector introspector = app.getBean(OpaqueTokenIntrospector.class);
    String token = issuer.opaque(issuer.claims(RIGHTFUL.thumbprint()));
    assertThat(catchMessage(() -> introspector.introspect(token))).contains("bound");
    assertThat(
            introspector.introspect(issuer.opaque(issuer.claims(null))).<String>getAttribute("sub"))
        .isEqualTo("alice");
  }

  private static String decoded(ConfigurableApplicationContext app, String token) {
    return send(
            app,
            RIGHTFUL,
            "/decode",
            "Authorization",
            "Bearer " + issuer.jwt(issuer.claims(RIGHTFUL.thumbprint())),
            "X-Token",
            token)
        .body();
  }

  private static String bound(String member, String thumbprint) {
    Map<String, Object> claims = new HashMap<>(issuer.claims(null));
    claims.put("cnf", Map.of(member, thumbprint));
    return issuer.jwt(claims);
  }

  private static String catchMessage(Runnable call) {
    try {
      call.run();
      return null;
    } catch (RuntimeException refused) {
      return refused.getMessage();
    }
  }

  @Configuration
  static class Decoding {
    @Bean
    DecodingController decodingController(ObjectProvider<JwtDecoder> decoders) {
      return new DecodingController(decoders.getIfAvailable());
    }
  }

  @RestController
  static class DecodingController {
    private final JwtDecoder decoder;

    DecodingController(JwtDecoder decoder) {
      this.decoder = decoder;
    }

    @GetMapping("/decode")
    String decode(@RequestHeader("X-Token") String token) {
      try {
        return decoder.decode(token).getSubject();
      } catch (RuntimeException refused) {
        return "refused";
      }
    }
  }
}
