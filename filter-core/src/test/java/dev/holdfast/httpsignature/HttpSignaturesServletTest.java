package dev.holdfast.httpsignature;

import static dev.holdfast.httpsignature.HttpSignatures.METHOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.ClaimRules;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.mtls.ClientCertificateVerifier;
import dev.holdfast.policy.BindingPolicy;
import dev.holdfast.servlet.HoldfastFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same mechanism before a real servlet, over a real connection. */
@Tag("verify")
class HttpSignaturesServletTest {
  private static final String OFFER = "HttpSig alg=\"ed25519\"";
  private static final String REFUSED =
      "HttpSig error=\"invalid_token\","
          + " error_description=\"the access token is not valid for this request\","
          + " alg=\"ed25519\"";

  private final Signer client = Signer.fresh();
  private final Map<String, Object> cnf = new HashMap<>(Map.of("sig-jwk", client.jwk()));
  private final Tomcat tomcat = new Tomcat();
  @TempDir Path directory;

  private BindingEnforcer enforcer() {
    Clock clock = Clock.systemUTC();
    ClaimRules rules = new ClaimRules("https://i", Set.of(), Set.of(), Duration.ZERO, clock);
    return new BindingEnforcer(
        List.of(new ClientCertificateVerifier(), new HttpSignatures(clock)),
        token -> CompletableFuture.completedFuture(rules.check(Map.of("sub", "alice", "cnf", cnf))),
        BindingPolicy.everywhere(new Requirement(Mode.REQUIRED, Set.of(METHOD))),
        EnforcementListener.silent());
  }

  @BeforeEach
  void start() throws Exception {
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "localhost");
    Context context = tomcat.addContext("", directory.toString());
    context.addServletContainerInitializer(
        (classes, servlets) -> {
          servlets.addServlet("page", new Page()).addMapping("/*");
          new HoldfastFilter(enforcer()).register(servlets, "/*");
        },
        Set.of());
    tomcat.start();
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  /** Says under which scheme the caller came. */
  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(request.getAuthType() + " " + request.getRemoteUser());
    }
  }

  private HttpResponse<String> send(Signer.Request request) throws Exception {
    URI uri =
        URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + request.path());
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri);
    request.fields().forEach(builder::header);
    return HttpClient.newHttpClient().send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void assertRefused(Signer.Request request, String challenge) throws Exception {
    HttpResponse<String> response = send(request);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void theKeyOfTheTokenReachesTheServlet() throws Exception {
    HttpResponse<String> response = send(client.signed("HttpSig abc", Instant.now()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("HttpSig alice");
  }

  @Test
  void anotherKeyIsRefused() throws Exception {
    assertRefused(Signer.fresh().signed("HttpSig abc", Instant.now()), REFUSED);
  }

  @Test
  void aMissingProofIsRefused() throws Exception {
    assertRefused(
        client.unsigned("HttpSig abc"),
        REFUSED
            .replace("invalid_token", "invalid_signature")
            .replace("the access token", "the signature"));
  }

  @Test
  void ofTwoMembersBothMustMatch() throws Exception {
    cnf.put("x5t#S256", "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0");
    assertRefused(client.signed("HttpSig abc", Instant.now()), REFUSED);
  }

  @Test
  void withoutACredentialTheSchemeIsOffered() throws Exception {
    assertRefused(client.unsigned("Basic abc"), OFFER);
  }
}
