package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;

/** What is said of a refusal in Spring: to the log, to listeners, to figures, and to the caller. */
@ExtendWith(OutputCaptureExtension.class)
class SaidTest extends ChainsFixture {

  @BeforeEach
  void nothingHeard() {
    SaidChains.Desk.clear();
  }

  private static ConfigurableApplicationContext app(Class<?> chain, String... settings) {
    Map<String, String> properties = new HashMap<>(bootJwt());
    properties.put("logging.level.dev.holdfast", "info");
    properties.put("test.entry", "none");
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return app(
        chain.getSimpleName() + String.join(",", settings),
        properties,
        chain,
        SaidChains.Desk.class);
  }

  private static Class<?> chain(String name) {
    return switch (name) {
      case "holdfast" -> ExistingChains.JwtChain.class;
      case "decoder" -> SaidChains.OwnDecoder.class;
      case "tenants" -> SaidChains.Tenants.class;
      case "resolver" -> SaidChains.OwnResolver.class;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Map<String, Object> claims(String thumbprint) {
    Map<String, Object> claims = issuer.claims(thumbprint);
    claims.put("aud", List.of("https://api.test"));
    return claims;
  }

  private static String jwt(Map<String, Object> claims) {
    return issuer.sign(
        JWSAlgorithm.RS256, claims, header -> header.type(com.nimbusds.jose.JOSEObjectType.JWT));
  }

  private static String bound() {
    return jwt(claims(RIGHTFUL.thumbprint()));
  }

  // ---- causes

  @ParameterizedTest
  @CsvSource({
    "holdfast, exp, exp has passed",
    "holdfast, nbf, nbf lies in the future",
    "holdfast, iat, iat lies in the future",
    "holdfast, signature, the signature does not hold",
    "decoder, exp, exp has passed",
    "decoder, nbf, nbf lies in the future",
    "decoder, iat, iat lies in the future",
    "decoder, aud, aud names no audience of this service",
    "decoder, iss, iss is not the issuer that vouches",
    "decoder, signature, the signature does not hold",
    "decoder, key, no key of the issuer signed it",
    "decoder, exp before iat, exp does not lie after iat",
    "tenants, exp, exp has passed",
    "tenants, iss, no configured issuer speaks for this token",
    "resolver, aud, aud names no audience of this service"
  })
  void theLogNamesTheRealCause_C41(String chain, String what, String rule, CapturedOutput log)
      throws Exception {
    Map<String, Object> claims = claims(RIGHTFUL.thumbprint());
    long now = Instant.now().getEpochSecond();
    String token =
        switch (what) {
          case "exp" -> {
            claims.put("iat", now - 900);
            yield with(claims, "exp", now - 600);
          }
          case "nbf", "iat" -> {
            claims.put("exp", now + 900);
            yield with(claims, what, now + 600);
          }
          case "exp before iat" -> with(claims, "exp", now - 600);
          case "aud" -> with(claims, "aud", List.of("https://another.test"));
          case "iss" -> with(claims, "iss", "https://another.test");
          case "key" -> byAnotherKey(claims);
          default -> bound().substring(0, bound().lastIndexOf('.')) + ".AAAA";
        };
    assertThat(call(app(chain(chain)), RIGHTFUL, "/me", token).statusCode()).isEqualTo(401);
    assertThat(log).contains("refused: INVALID_TOKEN (\"" + rule + "\")");
    assertThat(log.getAll()).doesNotContain(token);
  }

  private static String with(Map<String, Object> claims, String name, Object value) {
    claims.put(name, value);
    return jwt(claims);
  }

  private static String byAnotherKey(Map<String, Object> claims) throws Exception {
    RSAKey stranger = new RSAKeyGenerator(2048).keyID("stranger").generate();
    com.nimbusds.jose.JWSObject jws =
        new com.nimbusds.jose.JWSObject(
            new com.nimbusds.jose.JWSHeader.Builder(JWSAlgorithm.RS256).keyID("stranger").build(),
            new com.nimbusds.jose.Payload(claims));
    jws.sign(new com.nimbusds.jose.crypto.RSASSASigner(stranger));
    return jws.serialize();
  }

  @Test
  void theMetersTellTheftFromExpiryAndAudience_C41() {
    ConfigurableApplicationContext app = app(SaidChains.OwnDecoder.class);
    io.micrometer.core.instrument.MeterRegistry meters =
        new io.micrometer.core.instrument.simple.SimpleMeterRegistry();
    app.getBean(DecisionMeters.class).bindTo(meters);
    call(app, THIEF, "/me", bound());
    Map<String, Object> old = claims(RIGHTFUL.thumbprint());
    old.put("iat", 1);
    call(app, RIGHTFUL, "/me", with(old, "exp", 2));
    call(app, RIGHTFUL, "/me", with(claims(RIGHTFUL.thumbprint()), "aud", List.of("elsewhere")));

    assertThat(meters.get("holdfast.decisions").counters())
        .extracting(
            counter -> counter.getId().getTag("refusal") + " " + counter.getId().getTag("cause"))
        .containsExactlyInAnyOrder(
            "binding_mismatch none", "invalid_token expired", "invalid_token audience");
  }

  // ---- events, audit, observations

  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "decoder", "tenants", "resolver"})
  void aTheftIsAFailureEventAnAuditEventAndAFailedObservation_C44(String name, CapturedOutput log) {
    ConfigurableApplicationContext app = app(chain(name));
    String token = bound();
    assertThat(call(app, THIEF, "/me", token).statusCode()).isEqualTo(401);

    assertThat(SaidChains.Desk.FAILURES).hasSize(1);
    AbstractAuthenticationFailureEvent event = SaidChains.Desk.FAILURES.get(0);
    assertThat(event).isInstanceOf(AuthenticationFailureBadCredentialsEvent.class);
    assertThat(event.getAuthentication().getName()).isEqualTo("alice");
    assertThat(event.getAuthentication().isAuthenticated()).isFalse();
    RefusedTokenDetails details = (RefusedTokenDetails) event.getAuthentication().getDetails();
    assertThat(details.getRemoteAddress()).isEqualTo("127.0.0.1");
    assertThat(details.getRefusal()).isEqualTo("BINDING_MISMATCH");
    assertThat(details.getRule()).isEqualTo("the caller proved another key than the one demanded");
    assertThat(details.getIssuer()).isEqualTo(issuer.issuer());
    assertThat(details.getSubject()).isEqualTo("alice");
    assertThat(details.getClientId()).isEqualTo(claims(null).get("client_id"));
    assertThat(details.getProvenKeys())
        .containsExactly("certificate " + THIEF.thumbprint().substring(0, 8) + "…");

    assertThat(SaidChains.Desk.AUDITED)
        .singleElement()
        .satisfies(
            audited -> {
              assertThat(audited.getType()).isEqualTo("AUTHENTICATION_FAILURE");
              assertThat(audited.getPrincipal()).isEqualTo("alice");
              assertThat(audited.getData()).containsEntry("details", details);
            });
    if (!name.equals("tenants") && !name.equals("resolver")) { // Spring observes none of those
      assertThat(SaidChains.Desk.OBSERVED).isNotEmpty().containsOnly("failure");
    }
    assertThat(SEEN).isEmpty();
    assertThat(log)
        .contains(
            "refused: BINDING_MISMATCH (\"the caller proved another key than the one demanded\"),"
                + " \"GET\" \"/me\", from \"127.0.0.1\", issuer \""
                + issuer.issuer()
                + "\", client \""
                + claims(null).get("client_id")
                + "\", subject \"alice\", proven certificate "
                + THIEF.thumbprint().substring(0, 8)
                + "…");
    assertNoSecret(token, log);
  }

  private static void assertNoSecret(String token, CapturedOutput log) {
    assertThat(log.getAll()).doesNotContain(token);
    for (AuditEvent audited : SaidChains.Desk.AUDITED) {
      assertThat(audited.toString()).doesNotContain(token);
    }
    for (AbstractAuthenticationFailureEvent event : SaidChains.Desk.FAILURES) {
      assertThat(event.toString()).doesNotContain(token);
      assertThat(event.getAuthentication().toString()).doesNotContain(token);
      assertThat(event.getException().toString()).doesNotContain(token);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "decoder", "resolver"})
  void everyOtherRefusalIsOneEventToo_C44(String name, CapturedOutput log) {
    ConfigurableApplicationContext app = app(chain(name));
    String expired = with(claims(RIGHTFUL.thumbprint()), "exp", 1);
    assertThat(call(app, RIGHTFUL, "/me", expired).statusCode()).isEqualTo(401);
    assertThat(SaidChains.Desk.FAILURES)
        .singleElement()
        .satisfies(event -> assertThat(event.getAuthentication().getName()).isEqualTo("unknown"));
    assertNoSecret(expired, log);
    SaidChains.Desk.clear();

    assertThat(call(app, RIGHTFUL, "/me", "a b").statusCode()).isEqualTo(400);
    assertThat(SaidChains.Desk.FAILURES).hasSize(1);
    SaidChains.Desk.clear();

    assertThat(call(app, RIGHTFUL, "/me", bound()).statusCode()).isEqualTo(200);
    assertThat(SaidChains.Desk.FAILURES).isEmpty();
    assertThat(SaidChains.Desk.OBSERVED).doesNotContain("failure");
  }

  @ParameterizedTest
  @ValueSource(strings = {"required", "report-only"})
  void whatAManagerOfTheApplicationsOwnRefusesAfterwardsStaysRefused_C44(String policy) {
    ConfigurableApplicationContext app =
        app(SaidChains.LocksAfterwards.class, "holdfast.policy", policy);
    assertThat(call(app, RIGHTFUL, "/me", bound()).statusCode()).isEqualTo(401);
    Map<String, Object> claims = claims(RIGHTFUL.thumbprint());
    assertThat(call(app, RIGHTFUL, "/me", with(claims, "client_id", "oauth2")).statusCode())
        .isEqualTo(401);
    assertThat(SEEN).isEmpty();
  }

  // ---- report-only

  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "decoder", "tenants", "resolver"})
  void reportOnlyOnlyReportsOnEveryKindOfChain_C45(String name, CapturedOutput log) {
    ConfigurableApplicationContext app = app(chain(name), "holdfast.policy", "report-only");
    assertThat(call(app, THIEF, "/me", bound()).statusCode()).isEqualTo(200);
    assertThat(log).contains("report-only, would be refused: BINDING_MISMATCH");
    assertThat(call(app, null, "/me", bound()).statusCode()).isEqualTo(200);
    assertThat(log).contains("report-only, would be refused: BINDING_NOT_PROVEN");
    String expired = with(claims(RIGHTFUL.thumbprint()), "exp", 1);
    assertThat(call(app, THIEF, "/me", expired).statusCode()).isEqualTo(401);
    assertThat(SaidChains.Desk.FAILURES).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "decoder", "tenants", "resolver"})
  void reportOnlyTellsApartWhatComesUnderBearer_C38_C93(String name, CapturedOutput log) {
    ConfigurableApplicationContext app = app(chain(name), "holdfast.policy", "report-only");
    DpopKey key = DpopKey.create();
    Map<String, Object> claims = claims(null);
    claims.put("cnf", Map.of("jkt", key.thumbprint()));
    String token = jwt(claims);
    String uri = "https://127.0.0.1:" + Boot.port(app) + "/me";
    String bearer = "Bearer " + token;
    String begin = "report-only, would be refused: ";
    String under = " (\"a DPoP-bound token came under Bearer, ";

    assertThat(call(app, null, "/me", token).statusCode()).isEqualTo(200);
    assertThat(log).contains(begin + "BINDING_NOT_PROVEN" + under + "with no proof\")");
    String good = key.proof("GET", uri, token).sign();
    assertThat(send(app, null, "/me", "Authorization", bearer, "DPoP", good).statusCode())
        .isEqualTo(200);
    assertThat(log).contains(begin + "WRONG_SCHEME" + under + "with a good proof of its key\")");
    String stolen = DpopKey.create().proof("GET", uri, token).sign();
    assertThat(send(app, null, "/me", "Authorization", bearer, "DPoP", stolen).statusCode())
        .isEqualTo(200);
    assertThat(log).contains(begin + "BINDING_MISMATCH" + under + "with a proof of another key\")");
    assertThat(send(app, null, "/me", "Authorization", bearer, "DPoP", "garbage").statusCode())
        .isEqualTo(200);
    assertThat(log).contains(begin + "INVALID_DPOP_PROOF" + under + "with a proof that is wrong: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "decoder", "tenants", "resolver"})
  void underRequiredADpopBoundTokenUnderBearerIsTheWrongScheme_C45(
      String name, CapturedOutput log) {
    Map<String, Object> claims = claims(null);
    claims.put("cnf", Map.of("jkt", DpopKey.create().thumbprint()));
    assertThat(call(app(chain(name)), null, "/me", jwt(claims)).statusCode()).isEqualTo(401);
    assertThat(log).contains("refused: WRONG_SCHEME");
    assertThat(SEEN).isEmpty();
  }

  // ---- the application's entry point

  @Test
  void theApplicationsEntryPointWritesTheBodyAndNothingElse_C46() {
    ConfigurableApplicationContext app = app(SaidChains.EntryPoint.class, "test.entry", "problem");
    String expired = with(claims(RIGHTFUL.thumbprint()), "exp", 1);
    HttpResponse<String> theft = call(app, THIEF, "/me", bound());
    assertChallenged(theft, 401);
    assertThat(theft.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(theft.headers().firstValue("X-Problem")).contains("yes");
    assertThat(theft.body())
        .isEqualTo("{\"detail\":\"the access token is not valid for this requestnull\"}");
    // T103: the same words for another cause
    assertThat(call(app, RIGHTFUL, "/me", expired).body()).isEqualTo(theft.body());
    assertThat(call(app, null, "/me", bound()).body()).isEqualTo(theft.body());
    HttpResponse<String> malformed = call(app, RIGHTFUL, "/me", "a b");
    assertChallenged(malformed, 400);
    assertThat(malformed.body()).contains("exactly one well-formed credential is needed");
  }

  @ParameterizedTest
  @CsvSource({
    "writer, Größe",
    "ok, welcome",
    "commits, ''",
    "redirects, ''",
    "error, ''",
    "throws, ''",
    "fails, ''"
  })
  void noEntryPointWeakensTheAnswer_C46(String kind, String body) {
    ConfigurableApplicationContext app = app(SaidChains.EntryPoint.class, "test.entry", kind);
    HttpResponse<String> response = call(app, THIEF, "/me", bound());
    assertChallenged(response, 401);
    assertThat(response.headers().firstValue("Location")).isEmpty();
    assertThat(response.body()).isEqualTo(body);
    assertThat(SEEN).isEmpty();
  }

  private static void assertChallenged(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .hasSize(2)
        .noneMatch(challenge -> challenge.startsWith("Basic"));
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
  }
}
