package dev.holdfast.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springaicommunity.mcp.security.server.config.McpServerOAuth2Configurer.mcpServerOAuth2;
import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A server that has MCP Security already: its chain, its decoder, its audience check and its
 * sessions. Holdfast comes with one dependency and its settings, and the chain stays as it is.
 */
@Tag("verify")
class McpSecurityTest {
  private static final DpopKey KEY = DpopKey.create();
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  private static TestIssuer issuer;
  private static ConfigurableApplicationContext context;
  private static String resource;
  private static String metadata;

  @BeforeAll
  static void start(@TempDir Path folder) {
    issuer = TestIssuer.start(PKI);
    int port = RunningMcpServer.freePort();
    resource = "https://localhost:" + port + "/mcp";
    metadata = resource.replace("/mcp", "/.well-known/oauth-protected-resource/mcp");
    SpringApplication application = McpServerApplication.application();
    application.addPrimarySources(List.of(Chain.class));
    context =
        application.run(
            Stream.concat(
                    Stream.concat(
                        RunningMcpServer.tls(PKI, folder, port),
                        RunningMcpServer.metadata(resource)),
                    Stream.of(
                        "--server.shutdown=immediate",
                        "--holdfast.tokens.issuers[0].issuer=" + issuer.issuer(),
                        "--holdfast.tokens.issuers[0].audiences=*", // MCP Security's own check is
                        // tried
                        "--holdfast.tokens.issuers[0].trusted-certificates="
                            + PKI.writeTrustedCertificates(folder.resolve("trusted.pem"))))
                .toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    context.close();
    issuer.close();
  }

  @Test
  void theRightfulClientIsServedAndAStolenTokenIsRefused() throws Exception {
    String token = token("alice", KEY, resource);
    McpClient owner = client(McpClient.dpop(KEY, token));

    assertThat(owner.initialize().statusCode()).isEqualTo(200);
    assertThat(owner.whoami().path("thumbprint").asString()).isEqualTo(KEY.thumbprint());

    for (McpClient.Credentials stolen :
        List.of(
            McpClient.dpop(DpopKey.create(), token),
            (McpClient.Credentials)
                (method, uri) -> new String[] {"Authorization", "Bearer " + token})) {
      HttpResponse<String> refused = client(stolen).initialize();
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().allValues("WWW-Authenticate"))
          .hasSize(2)
          .allMatch(challenge -> challenge.contains("resource_metadata=\"" + metadata + "\""));
    }
  }

  @Test
  void aCertificateBoundTokenNeedsItsCertificate() throws Exception {
    Identity rightful = PKI.clientCertificate("CN=rightful");
    Map<String, Object> claims = issuer.claims(rightful.thumbprint());
    claims.put("aud", resource);
    String token = signed(claims);
    McpClient.Credentials bearer =
        (method, uri) -> new String[] {"Authorization", "Bearer " + token};

    McpClient owner = new McpClient(resource, PKI.sslContext(rightful), bearer);
    assertThat(owner.initialize().statusCode()).isEqualTo(200);
    assertThat(owner.whoami().path("binding").asString()).isEqualTo("certificate");
    McpClient thief =
        new McpClient(resource, PKI.sslContext(PKI.clientCertificate("CN=thief")), bearer);
    assertThat(thief.initialize().statusCode()).isEqualTo(401);
  }

  @Test
  void theMetadataNamesTheIssuerOfTheSettings() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .sslContext(PKI.sslContext())
            .build()
            .send(HttpRequest.newBuilder(URI.create(metadata)).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"resource\":\"" + resource + "\"")
        .contains("\"authorization_servers\":[\"" + issuer.issuer() + "\"]");
  }

  @Test
  void itsOwnChecksGoOn() throws Exception {
    String elsewhere = token("alice", KEY, "https://elsewhere.example/mcp");
    assertThat(client(McpClient.dpop(KEY, elsewhere)).initialize().statusCode()).isEqualTo(401);
    McpClient none = client((method, uri) -> new String[0]);
    HttpResponse<String> asked = none.initialize();
    assertThat(asked.statusCode()).isEqualTo(401);

    McpClient owner = client(McpClient.dpop(KEY, token("alice", KEY, resource)));
    owner.initialize();
    DpopKey other = DpopKey.create();
    McpClient mallory =
        owner.inTheSession(client(McpClient.dpop(other, token("mallory", other, resource))));
    assertThat(mallory.delete().statusCode()).isEqualTo(403);
    assertThat(owner.whoami().path("subject").asString()).isEqualTo("alice");
  }

  private static String token(String subject, DpopKey key, String audience) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("sub", subject);
    claims.put("aud", audience);
    claims.put("cnf", Map.of("jkt", key.thumbprint()));
    return signed(claims);
  }

  private static String signed(Map<String, Object> claims) {
    return issuer.sign(JWSAlgorithm.RS256, claims, header -> header.type(JOSEObjectType.JWT));
  }

  private static McpClient client(McpClient.Credentials credentials) {
    return new McpClient(resource, PKI.sslContext(), credentials);
  }

  /** The application's own security. */
  @Configuration(proxyBeanMethods = false)
  static class Chain {
    @Bean
    SecurityFilterChain mcp(HttpSecurity http) throws JOSEException {
      NimbusJwtDecoder decoder =
          NimbusJwtDecoder.withPublicKey(issuer.rsaKey().toRSAPublicKey()).build();
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .with(
              mcpServerOAuth2(),
              mcp ->
                  mcp.authorizationServer(issuer.issuer())
                      .jwtDecoder(decoder)
                      .validateAudienceClaim(true)
                      .sessionBinding(withDefaults()))
          .csrf(AbstractHttpConfigurer::disable)
          .build();
    }
  }
}
