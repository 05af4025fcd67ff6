package dev.holdfast.spring.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Boot applications on WebFlux with the starter and properties alone. */
@Tag("verify")
@ExtendWith(OutputCaptureExtension.class)
class BootStartTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity SERVER = PKI.serverCertificate();
  private static final Identity RIGHTFUL = PKI.clientCertificate("CN=payments-app");
  private static final Identity THIEF = PKI.clientCertificate("CN=thief");
  private static TestIssuer issuer;
  private static Map<String, Object> settings;

  private final Deque<BootServer> started = new ArrayDeque<>();

  @BeforeAll
  static void start(@TempDir Path folder) {
    issuer = TestIssuer.start(PKI);
    String trusted = PKI.writeTrustedCertificates(folder.resolve("trusted.pem")).toString();
    settings = new HashMap<>(BootServer.tls(PKI, SERVER));
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    settings.put("holdfast.tokens.issuers[0].trusted-certificates", trusted);
    settings.put("holdfast.tokens.issuers[1].introspection.uri", issuer.introspectionUri());
    settings.put("holdfast.tokens.issuers[1].introspection.client-id", TestIssuer.CLIENT_ID);
    settings.put(
        "holdfast.tokens.issuers[1].introspection.client-secret", TestIssuer.CLIENT_SECRET);
    settings.put("holdfast.tokens.issuers[1].audiences", "https://api.example");
    settings.put("holdfast.tokens.issuers[1].trusted-certificates", trusted);
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  @AfterEach
  void close() {
    started.forEach(BootServer::close);
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Me me() {
      return new Me();
    }
  }

  @RestController
  static class Me {
    @GetMapping("/me")
    String me(Authentication caller) {
      return caller.getClass().getSimpleName() + ' ' + caller.getName();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfJwts {
    @Bean
    SecurityWebFilterChain api(ServerHttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfOpaqueTokens {
    @Bean
    SecurityWebFilterChain api(ServerHttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class WithoutTokens {
    @Bean
    SecurityWebFilterChain api(ServerHttpSecurity http) {
      return authenticated(http).build();
    }
  }

  private static ServerHttpSecurity authenticated(ServerHttpSecurity http) {
    return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated());
  }

  private BootServer start(Map<String, Object> more, Class<?>... configurations) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(more);
    Class<?>[] sources = new Class<?>[configurations.length + 1];
    sources[0] = Application.class;
    System.arraycopy(configurations, 0, sources, 1, configurations.length);
    BootServer server = BootServer.start(all, sources);
    started.push(server);
    return server;
  }

  private static HttpResponse<String> get(int port, String path, Identity caller, String token)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newBuilder()
        .sslContext(caller == null ? PKI.sslContext() : PKI.sslContext(caller))
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void assertEnforced(int port, String path, String token, String served)
      throws Exception {
    HttpResponse<String> rightful = get(port, path, RIGHTFUL, token);
    assertThat(rightful.statusCode()).isEqualTo(200);
    assertThat(rightful.body()).contains(served);
    assertThat(get(port, path, THIEF, token).statusCode()).isEqualTo(401);
    assertThat(get(port, path, null, token).statusCode()).isEqualTo(401);
    assertThat(get(port, path, RIGHTFUL, null).statusCode()).isEqualTo(401);
  }

  private static String jwt() {
    return issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
  }

  private static String opaque() {
    return issuer.opaque(issuer.claims(RIGHTFUL.thumbprint()));
  }

  @Test
  void withoutAChainEveryRequestNeedsATokenOfTheIssuers(CapturedOutput log) throws Exception {
    int port = start(Map.of()).port();
    assertEnforced(port, "/me", jwt(), "JwtAuthenticationToken alice");
    assertEnforced(port, "/me", opaque(), "BearerTokenAuthentication alice");
    assertThat(log).contains("Holdfast enforces policy required");
  }

  @Test
  void chainsOfJwtsAndOfOpaqueTokensAskHoldfastsIssuers() throws Exception {
    int jwts = start(Map.of(), OfJwts.class).port();
    assertEnforced(jwts, "/me", jwt(), "JwtAuthenticationToken alice");
    assertThat(get(jwts, "/me", RIGHTFUL, opaque()).statusCode()).isEqualTo(401);
    int opaque = start(Map.of(), OfOpaqueTokens.class).port();
    assertEnforced(opaque, "/me", opaque(), "BearerTokenAuthentication alice");
  }

  @Test
  void bootsOwnSettingsNameAnIssuerToo() throws Exception {
    Map<String, Object> boots = new HashMap<>(BootServer.tls(PKI, SERVER));
    boots.put("spring.security.oauth2.resourceserver.jwt.issuer-uri", issuer.issuer());
    boots.put("spring.security.oauth2.resourceserver.jwt.audiences", "https://api.example");
    boots.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    boots.put(
        "holdfast.tokens.issuers[0].trusted-certificates",
        settings.get("holdfast.tokens.issuers[0].trusted-certificates"));
    BootServer server = BootServer.start(boots, Application.class);
    started.push(server);
    assertEnforced(server.port(), "/me", jwt(), "JwtAuthenticationToken alice");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bootsSettingsOfPrincipalsHold(boolean withAChain) throws Exception {
    Map<String, Object> more =
        Map.of("spring.security.oauth2.resourceserver.jwt.principal-claim-name", "client_id");
    BootServer server = withAChain ? start(more, OfJwts.class) : start(more);
    assertEnforced(server.port(), "/me", jwt(), "JwtAuthenticationToken payments-app");
  }

  /** As people write it for servlets, where rules are compared below it too. */
  @Test
  void aRuleThatBeginsWithTheBasePathIsNamedAtTheStart(CapturedOutput log) throws Exception {
    BootServer server =
        start(
            Map.of(
                "spring.webflux.base-path", "/app",
                "holdfast.policy", "off",
                "holdfast.rules[0].paths", "/me",
                "holdfast.rules[0].policy", "required",
                "holdfast.rules[1].paths", "/app/payments/**",
                "holdfast.rules[1].policy", "required"));
    assertEnforced(server.port(), "/app/me", jwt(), "JwtAuthenticationToken alice");
    assertThat(log)
        .contains(
            "holdfast.rules[1].paths: \"/app/payments/**\" begins with spring.webflux.base-path");
  }

  @Test
  void aServerThatAsksForNoCertificateIsNamedAtTheStart(CapturedOutput log) {
    start(Map.of("server.ssl.client-auth", "none"));
    assertThat(log).contains("server.ssl.client-auth is not set: no client is asked");
  }

  /** What a {@code ForwardedHeaderTransformer} believes, the log does not. */
  @Test
  void theLogNamesThePeerAndNotWhatAStrangerForwards(CapturedOutput log) throws Exception {
    int port = start(Map.of("server.forward-headers-strategy", "framework")).port();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/me"))
            .header("Authorization", "Bearer " + jwt())
            .header("X-Forwarded-For", "6.6.6.6")
            .build();
    HttpClient stranger = HttpClient.newBuilder().sslContext(PKI.sslContext()).build();
    assertThat(stranger.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
    assertThat(log).contains("refused: ").contains("from \"127.0.0.1\"").doesNotContain("6.6.6.6");
  }

  @Configuration(proxyBeanMethods = false)
  static class AttributesOfItsOwn {
    @Bean
    SecurityWebFilterChain api(ServerHttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(
              server ->
                  server.opaqueToken(
                      opaque ->
                          opaque.introspector(
                              token ->
                                  Mono.just(
                                      new OAuth2IntrospectionAuthenticatedPrincipal(
                                          Map.of("sub", "alice"), List.of())))))
          .build();
    }
  }

  @Test
  void attributesOfItsOwnSayWhatTheSettingSays() throws Exception {
    Map<String, Object> whenBound = new HashMap<>(Map.of("holdfast.policy", "when-bound"));
    int refusing = start(whenBound, AttributesOfItsOwn.class).port();
    assertThat(get(refusing, "/me", null, "some-token").statusCode()).isEqualTo(401);
    whenBound.put("holdfast.tokens.attributes-without-cnf", "unbound");
    int taking = start(whenBound, AttributesOfItsOwn.class).port();
    assertThat(get(taking, "/me", null, "some-token").statusCode()).isEqualTo(200);
  }

  @Test
  void aManagementPortOfItsOwnIsProtectedAsTheMainOneIs() throws Exception {
    BootServer server =
        start(
            Map.of(
                "management.server.port", "0",
                "management.server.ssl.enabled", "false",
                "management.endpoints.web.exposure.include", "*"));
    String port = server.context().getEnvironment().getProperty("local.management.port");
    URI beans = URI.create("http://127.0.0.1:" + port + "/actuator/beans");
    for (String token : new String[] {null, jwt()}) {
      HttpRequest.Builder request = HttpRequest.newBuilder(beans);
      if (token != null) { // whose certificate nobody can show without TLS
        request.header("Authorization", "Bearer " + token);
      }
      assertThat(
              HttpClient.newHttpClient()
                  .send(request.build(), HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void decisionsAreCounted() throws Exception {
    BootServer server = start(Map.of());
    assertThat(get(server.port(), "/me", RIGHTFUL, jwt()).statusCode()).isEqualTo(200);
    assertThat(get(server.port(), "/me", THIEF, jwt()).statusCode()).isEqualTo(401);
    MeterRegistry meters = server.context().getBean(MeterRegistry.class);
    assertThat(meters.get("holdfast.decisions").tag("outcome", "allowed").counter().count())
        .isEqualTo(1);
    assertThat(meters.get("holdfast.decisions").tag("outcome", "refused").counter().count())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "holdfast.cookies.names,SID,bound cookies are for servlets",
        "holdfast.token-binding.source,tls,Reactor Netty",
        "holdfast.tokens.chains-of-others,partner,partner",
        "holdfast.polcy,required,holdfast.polcy",
        "holdfast.policy,strict,strict",
        "holdfast.tokens.issuers[0].issuer,not a uri,holdfast.tokens.issuers[0].issuer"
      })
  void aSettingThatCannotHoldStopsTheStart(
      String setting, String value, String text, CapturedOutput log) {
    assertThatThrownBy(() -> start(Map.of(setting, value))).isInstanceOf(Exception.class);
    assertThat(log).contains("APPLICATION FAILED TO START").contains(text);
  }

  @Test
  void nothingToEnforceStopsTheStart(CapturedOutput log) {
    assertThatThrownBy(() -> start(Map.of(), WithoutTokens.class)).isInstanceOf(Exception.class);
    assertThat(log).contains("APPLICATION FAILED TO START");
  }

  @ParameterizedTest
  @ValueSource(classes = {OfJwts.class, OfOpaqueTokens.class})
  void aChainWithoutAnIssuerSaysWhichSettingIsMissing(Class<?> chain, CapturedOutput log) {
    assertThatThrownBy(() -> BootServer.start(Map.of(), Application.class, chain))
        .isInstanceOf(Exception.class);
    assertThat(log).contains("Set holdfast.tokens.issuers[0].");
  }
}
