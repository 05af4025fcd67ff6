package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.spring.boot.HoldfastAutoConfiguration;
import dev.holdfast.spring.boot.HoldfastWebSecurityAutoConfiguration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** One issuer, named by Boot's properties and by Holdfast's. */
@Tag("verify")
class BootIssuersTest {
  private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";
  private static final String OPAQUE = "spring.security.oauth2.resourceserver.opaquetoken.";
  private static final String OURS = "holdfast.tokens.issuers[0].";
  private static final String AS = "https://as.example";
  private static final String BOTH = JWT + "issuer-uri=" + AS;

  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  HoldfastAutoConfiguration.class,
                  HoldfastWebSecurityAutoConfiguration.class,
                  BootParts.SECURITY,
                  BootParts.WEB_SECURITY));

  private void issuers(Consumer<List<IssuerSettings>> check, String... properties) {
    web.withPropertyValues(properties)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              check.accept(context.getBean(Assembly.class).settings().tokens().issuers());
            });
  }

  private void refused(List<String> says, String... properties) {
    web.withPropertyValues(properties)
        .run(
            context -> {
              assertThat(context).hasFailed();
              Throwable root = context.getStartupFailure();
              while (root.getCause() != null && !(root instanceof InvalidSettingException)) {
                root = root.getCause();
              }
              assertThat(root).isInstanceOf(InvalidSettingException.class);
              assertThat(root.getMessage()).contains(says);
              if (says.get(0).startsWith("spring.")) {
                assertThat(root.getMessage()).doesNotContain("issuers[0].issuer");
              }
            });
  }

  @Test
  void bootsAudiencesAreNotLost_C15() {
    issuers(
        all -> {
          assertThat(all).hasSize(1);
          assertThat(all.get(0).audiences()).containsExactly("api");
          assertThat(all.get(0).types()).containsExactly("at+jwt");
          assertThat(all.get(0).jwkSetUri()).isEqualTo(AS + "/keys");
          assertThat(all.get(0).algorithms()).containsExactly("ES256");
        },
        BOTH,
        JWT + "audiences=api",
        JWT + "jwk-set-uri=" + AS + "/keys",
        JWT + "jws-algorithms=ES256",
        OURS + "issuer=" + AS,
        OURS + "types=at+jwt");
  }

  @Test
  void whatIsSaidTwiceTheSameIsSaidOnce_C15() {
    issuers(
        all -> {
          assertThat(all).hasSize(1);
          assertThat(all.get(0).audiences()).containsExactlyInAnyOrder("a", "b");
        },
        BOTH,
        JWT + "audiences=a,b",
        OURS + "issuer=" + AS,
        OURS + "audiences=b,a");
  }

  @ParameterizedTest
  @CsvSource({
    "audiences, audiences, api, other",
    "audiences, audiences, api, 'api,other'",
    "jwk-set-uri, jwk-set-uri, https://as.example/a, https://as.example/b",
    "jws-algorithms, algorithms, ES256, RS256"
  })
  void aContradictionStopsTheStart_C15(String theirs, String ours, String one, String other) {
    refused(
        List.of(OURS + ours, JWT + theirs),
        BOTH,
        JWT + theirs + "=" + one,
        OURS + "issuer=" + AS,
        OURS + ours + "=" + other);
  }

  /** As Boot does where nothing else is said. */
  @Test
  void bootsDefaultAlgorithmComesWithItsKeySet_C15() {
    issuers(
        all -> assertThat(all.get(0).algorithms()).containsExactly("RS256"),
        BOTH,
        JWT + "jwk-set-uri=" + AS + "/keys",
        OURS + "issuer=" + AS,
        OURS + "audiences=https://api.example");
    issuers(
        all -> assertThat(all.get(0).algorithms()).containsExactly("ES256"),
        BOTH,
        JWT + "jwk-set-uri=" + AS + "/keys",
        OURS + "issuer=" + AS,
        OURS + "audiences=https://api.example",
        OURS + "algorithms=ES256");
  }

  @Test
  void anotherIssuerStaysAnother_C15() {
    issuers(
        all -> assertThat(all).extracting(IssuerSettings::audiences).hasSize(2),
        BOTH,
        JWT + "audiences=api",
        OURS + "issuer=https://other.example",
        OURS + "audiences=else");
  }

  @Test
  void theAudiencesHoldForJwtsAndForOpaqueTokens_C15() {
    String[] introspected = {
      BOTH,
      JWT + "audiences=api",
      OURS + "issuer=" + AS,
      OURS + "introspection.uri=" + AS + "/introspect",
      OURS + "introspection.client-id=me",
      OURS + "introspection.client-secret=secret"
    };
    issuers(
        all -> {
          assertThat(all).hasSize(2);
          assertThat(all).allSatisfy(one -> assertThat(one.audiences()).containsExactly("api"));
        },
        introspected);
  }

  @Test
  void oneIntrospectionEndpointIsOneEntry_C15() {
    issuers(
        all -> {
          assertThat(all).hasSize(1);
          assertThat(all.get(0).audiences()).containsExactly("api");
          assertThat(Objects.requireNonNull(all.get(0).introspection()).clientId()).isEqualTo("me");
        },
        OPAQUE + "introspection-uri=" + AS + "/introspect",
        OPAQUE + "client-id=me",
        OPAQUE + "client-secret=secret",
        OURS + "introspection.uri=" + AS + "/introspect",
        OURS + "audiences=api");
    for (String name : List.of("client-id", "client-secret")) {
      refused(
          List.of(OURS + "introspection." + name, OPAQUE + name),
          OPAQUE + "introspection-uri=" + AS + "/introspect",
          OPAQUE + "client-id=me",
          OPAQUE + "client-secret=secret",
          OURS + "introspection.uri=" + AS + "/introspect",
          OURS + "introspection." + name + "=another");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "issuer-uri, http://keycloak:8080/realms/x",
    "issuer-uri, nonsense",
    "jwk-set-uri, http://keycloak:8080/keys",
    "jws-algorithms, HS256"
  })
  void thePropertyThatWasWrittenIsNamed_C48(String name, String value) {
    refused(List.of(JWT + name + ": "), BOTH, JWT + name + "=" + value);
  }

  @Test
  void thePropertyThatWasWrittenIsNamedForIntrospectionToo_C48() {
    refused(
        List.of(OPAQUE + "introspection-uri: ", "allow-plain-http=true"),
        OPAQUE + "introspection-uri=http://keycloak:8080/introspect",
        OPAQUE + "client-id=me",
        OPAQUE + "client-secret=secret");
    refused(
        List.of(OPAQUE + "client-secret: it is missing"),
        OPAQUE + "introspection-uri=https://keycloak/introspect",
        OPAQUE + "client-id=me");
  }

  @Test
  void plainHttpInANetworkOfOnesOwnIsAnExplicitSetting_C48() {
    String keycloak = "http://keycloak:8080/realms/x";
    refused(
        List.of(OURS + "issuer", OURS + "allow-plain-http=true"),
        OURS + "issuer=" + keycloak,
        OURS + "audiences=https://api.example");
    issuers(
        all -> assertThat(all).singleElement().matches(IssuerSettings::allowPlainHttp),
        OURS + "issuer=" + keycloak,
        OURS + "audiences=https://api.example",
        OURS + "allow-plain-http=true");
    issuers(
        all -> assertThat(all).singleElement().matches(IssuerSettings::allowPlainHttp),
        JWT + "issuer-uri=" + keycloak,
        OURS + "issuer=" + keycloak,
        OURS + "audiences=https://api.example",
        OURS + "allow-plain-http=true");
    refused(
        List.of("issuers[1].issuer"),
        OURS + "issuer=" + keycloak,
        OURS + "audiences=https://api.example",
        OURS + "allow-plain-http=true",
        "holdfast.tokens.issuers[1].issuer=http://other",
        "holdfast.tokens.issuers[1].audiences=https://api.example");
  }
}
