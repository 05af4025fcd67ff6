package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/** When a DPoP proof is spent: as soon as Holdfast lets the request pass, and not before. */
@Tag("verify")
class SpentProofTest extends ChainsFixture {
  private static final AtomicReference<RuntimeException> FAILURE = new AtomicReference<>();

  private final DpopKey key = DpopKey.create();
  private ConfigurableApplicationContext app;
  private String token;

  @BeforeEach
  void anOpaqueToken() {
    FAILURE.set(null);
    app = app("spent", bootOpaque(), Chain.class);
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("jkt", key.thumbprint()));
    token = issuer.opaque(claims);
  }

  @Test
  void whatTheApplicationForbidsSpendsTheProof() {
    String proof = proof("/open");
    assertThat(send("/open", proof).statusCode()).isEqualTo(403);
    assertSpent("/open", proof);
  }

  @Test
  void whatTheApplicationDoesNotFindSpendsTheProof() {
    String proof = proof("/nowhere");
    assertThat(send("/nowhere", proof).statusCode()).isEqualTo(404);
    assertSpent("/nowhere", proof);
  }

  @Test
  void anIssuerThatCannotBeAskedSpendsNothing() {
    FAILURE.set(new OAuth2IntrospectionException("down"));
    assertKept(503);
  }

  @Test
  void aTokenThatIsNotValidSpendsNothing() {
    FAILURE.set(new BadOpaqueTokenException("expired"));
    assertKept(401);
  }

  /** The same proof passes when the cause of the refusal is gone, and then never again. */
  private void assertKept(int status) {
    String proof = proof("/me");
    assertThat(send("/me", proof).statusCode()).isEqualTo(status);
    FAILURE.set(null);
    assertThat(send("/me", proof).statusCode()).isEqualTo(200);
    assertSpent("/me", proof);
  }

  private void assertSpent(String path, String proof) {
    HttpResponse<String> again = send(path, proof);
    assertThat(again.statusCode()).isEqualTo(401);
    assertThat(again.headers().allValues("WWW-Authenticate"))
        .anyMatch(challenge -> challenge.startsWith("DPoP error=\"invalid_dpop_proof\""));
  }

  private String proof(String path) {
    return key.proof("GET", "https://127.0.0.1:" + Boot.port(app) + path, token).sign();
  }

  private HttpResponse<String> send(String path, String proof) {
    return send(app, null, path, "Authorization", "DPoP " + token, "DPoP", proof);
  }

  @Configuration
  static class Chain {
    @Bean
    OpaqueTokenIntrospector introspector() {
      OpaqueTokenIntrospector springs = SilentChains.springs();
      return presented -> {
        RuntimeException failure = FAILURE.get();
        if (failure != null) {
          throw failure;
        }
        return springs.introspect(presented);
      };
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.authorizeHttpRequests(
              requests -> requests.requestMatchers("/open").denyAll().anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
          .build();
    }
  }
}
