package dev.holdfast.examples.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.holdfast.examples.authorizationserver.TestClient.Answer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For which resource a token is asked, and for which it is given (RFC 8707). */
@Tag("verify")
class ResourceTest {
  private static final String MCP = "https://mcp.example/mcp";

  private static Fixture fixture;

  @BeforeAll
  static void start(@TempDir Path directory) {
    fixture = new Fixture(directory, "--demo.resources=" + MCP + ",https://other.example");
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void aTokenIsForTheResourceThatItsRequestNames() throws Exception {
    for (String resource : new String[] {MCP, "https://other.example", "https://api.example"}) {
      String token = token("payments-app", resource).accessToken();

      assertThat(SignedJWT.parse(token).getJWTClaimsSet().getAudience()).containsExactly(resource);
    }
  }

  @Test
  void anOpaqueTokenIsToo() {
    String token = token("payments-app-opaque", MCP).accessToken();

    assertThat(fixture.withoutCertificate().introspect(token).get("aud").toString()).contains(MCP);
  }

  @Test
  void withoutAResourceTheTokenIsForTheAudienceOfTheSettings() throws Exception {
    String token = token("payments-app", null).accessToken();

    assertThat(SignedJWT.parse(token).getJWTClaimsSet().getAudience())
        .containsExactly("https://api.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {MCP + "/", "https://mcp.example", "https://nobody.example", ""})
  void aResourceThatIsNotKnownIsRefused(String resource) {
    Answer answer = token("payments-app", resource);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json()).containsEntry("error", "invalid_target");
  }

  private static Answer token(String clientId, @Nullable String resource) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("grant_type", "client_credentials");
    parameters.put("client_id", clientId);
    if (resource != null) {
      parameters.put("resource", resource);
    }
    return fixture.as(fixture.payments).post("/oauth2/token", parameters);
  }
}
