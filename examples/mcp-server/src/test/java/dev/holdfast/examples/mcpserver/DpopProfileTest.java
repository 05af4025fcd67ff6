package dev.holdfast.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.DpopProof;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the draft of a DPoP profile for MCP wants of a server, with the settings' defaults: each
 * defect that the draft's own conformance checks name, made of one good request.
 *
 * @see <a
 *     href="https://github.com/modelcontextprotocol/modelcontextprotocol/pull/1932">SEP-1932</a>
 * @see <a href="https://github.com/modelcontextprotocol/conformance/pull/395">its checks</a>
 */
@Tag("verify")
class DpopProfileTest {
  private static final DpopKey KEY = DpopKey.create();

  private static RunningMcpServer server;
  private static String token;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = new RunningMcpServer(folder);
    token = token(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aGoodProofIsTaken() throws Exception {
    assertThat(initialize(token, proof(token).sign()).statusCode()).isEqualTo(200);
  }

  static Stream<Arguments> defects() {
    return Stream.of(
        defect("no jti", proof -> proof.claim("jti", null)),
        defect("no htm", proof -> proof.claim("htm", null)),
        defect("no htu", proof -> proof.claim("htu", null)),
        defect("no iat", proof -> proof.claim("iat", null)),
        defect("no ath", proof -> proof.claim("ath", null)),
        defect("no jwk", proof -> proof.header("jwk", null)),
        defect("another typ", proof -> proof.header("typ", "jwt")),
        defect("another htm", proof -> proof.claim("htm", "GET")),
        defect("another htu", proof -> proof.claim("htu", "https://wrong.example/mcp")),
        defect("another ath", proof -> proof.claim("ath", "not-the-right-hash")),
        defect("a private key", DpopProof::withPrivateKey),
        defect("a wrong signature", proof -> proof.signedBy(DpopKey.create())),
        defect("alg none", proof -> proof.header("alg", "none")),
        defect("a symmetric alg", proof -> proof.header("alg", "HS256")),
        defect("more than five minutes old", proof -> proof.madeSecondsAgo(303)),
        defect("more than five minutes ahead", proof -> proof.madeSecondsAgo(-303)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("defects")
  void aProofWithADefectIsRefused(String name, UnaryOperator<DpopProof> defect) throws Exception {
    String proof = defect.apply(proof(token)).sign();

    assertRefused(initialize(token, proof), "DPoP error=\"invalid_dpop_proof\"");
  }

  @Test
  void textThatIsNoProofIsRefused() throws Exception {
    assertRefused(initialize(token, "this-is-not-a-jwt"), "DPoP error=\"invalid_dpop_proof\"");
  }

  @Test
  void twoProofsAreRefused() throws Exception {
    assertRefused(
        send(
            "Authorization", "DPoP " + token,
            "DPoP", proof(token).sign(),
            "DPoP", proof(token).sign()),
        "DPoP error=\"invalid_dpop_proof\"");
  }

  @Test
  void aBoundTokenUnderBearerIsRefused() throws Exception {
    assertRefused(
        send("Authorization", "Bearer " + token, "DPoP", proof(token).sign()),
        "Bearer error=\"invalid_token\"");
  }

  @Test
  void aTokenOfAnotherKeyOrForAnotherServerIsRefused() throws Exception {
    String otherKey = token(Map.of("cnf", Map.of("jkt", DpopKey.create().thumbprint())));
    String otherServer = token(Map.of("aud", "https://not-this-server.example/mcp"));

    for (String stolen : List.of(otherKey, otherServer)) {
      assertRefused(initialize(stolen, proof(stolen).sign()), "DPoP error=\"invalid_token\"");
    }
  }

  private static Arguments defect(String name, UnaryOperator<DpopProof> change) {
    return Arguments.of(name, change);
  }

  private static String token(Map<String, Object> changed) {
    Map<String, Object> claims = server.claims(Map.of("jkt", KEY.thumbprint()));
    claims.putAll(changed);
    return server.issuer.jwt(claims);
  }

  private static DpopProof proof(String token) {
    return KEY.proof("POST", server.resource, token);
  }

  private static HttpResponse<String> initialize(String token, String proof) throws Exception {
    return send("Authorization", "DPoP " + token, "DPoP", proof);
  }

  private static HttpResponse<String> send(String... headers) throws Exception {
    return server.with((method, uri) -> headers).post(McpClient.initialization());
  }

  private static void assertRefused(HttpResponse<String> answer, String challenge) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .anyMatch(one -> one.startsWith("DPoP "))
        .first()
        .asString()
        .startsWith(challenge);
  }
}
