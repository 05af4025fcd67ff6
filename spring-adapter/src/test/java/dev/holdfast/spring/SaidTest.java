package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.holdfast.spring.boot.meters.DecisionMeters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
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

/** What is said of a refusal in Spring: to the log, to listeners, to audit and to figures. */
@ExtendWith({OutputCaptureExtension.class, HoldfastLog.class})
@Tag("verify")
class SaidTest extends SaidFixture {

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
    assertThat(log).contains("refused: INVALID_TOKEN (\"" + rule);
    assertThat(log.getAll()).doesNotContain(token);
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
                + "...");
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
}
