package dev.holdfast.httpsignature;

import static dev.holdfast.httpsignature.HttpSignatures.INVALID_SIGNATURE;
import static dev.holdfast.httpsignature.HttpSignatures.METHOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.ClaimRules;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.Verification;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.http.challenge.Challenges;
import dev.holdfast.mtls.ClientCertificateVerifier;
import dev.holdfast.policy.BindingPolicy;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A mechanism fits that no main file names: it is proven, compared and challenged for. */
class HttpSignaturesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String THUMBPRINT = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0";

  private final Signer client = Signer.fresh();
  private final Signer thief = Signer.fresh();
  private final Map<String, Object> cnf = new HashMap<>(Map.of("sig-jwk", client.jwk()));
  private final Map<String, Object> claims = new HashMap<>(Map.of("sub", "alice"));
  private Mode mode = Mode.REQUIRED;
  private Set<ConfirmationMethod> methods = Set.of(METHOD);

  private BindingEnforcer enforcer() {
    claims.put("cnf", cnf);
    ClaimRules rules = new ClaimRules("https://i", Set.of(), Set.of(), Duration.ZERO, CLOCK);
    Verification verification = rules.check(claims);
    return new BindingEnforcer(
        List.of(new ClientCertificateVerifier(), new HttpSignatures(CLOCK)),
        token -> CompletableFuture.completedFuture(verification),
        BindingPolicy.everywhere(new Requirement(mode, methods)),
        EnforcementListener.silent());
  }

  private Decision decide(RequestEvidence request) {
    BindingEnforcer enforcer = enforcer();
    Decision decision = enforcer.decide(request);
    assertThat(enforcer.decideAsync(request).toCompletableFuture().join()).isEqualTo(decision);
    return decision;
  }

  private Refusal refusal(RequestEvidence request) {
    return ((Decision.Refused) decide(request)).refusal();
  }

  private List<String> challenges(RequestEvidence request) {
    BindingEnforcer enforcer = enforcer();
    return new Challenges(enforcer).of((Decision.Refused) enforcer.decide(request)).authenticate();
  }

  @Test
  void theKeyOfTheTokenPasses() {
    Decision decision = decide(client.signed("HttpSig abc", NOW));
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Allowed.class,
            allowed -> {
              assertThat(allowed.scheme().text()).isEqualTo("HttpSig");
              assertThat(allowed.binding().method()).isEqualTo(METHOD);
            });
  }

  @Test
  void anotherKeyIsRefused() {
    assertThat(refusal(thief.signed("HttpSig abc", NOW))).isEqualTo(Refusal.BINDING_MISMATCH);
  }

  @Test
  void aMissingProofIsRefused() {
    assertThat(refusal(client.unsigned("HttpSig abc"))).isEqualTo(INVALID_SIGNATURE);
  }

  @Test
  void aProofOfAnotherRequestOrTimeIsRefused() {
    Signer.Request signed = client.signed("HttpSig abc", NOW);
    Map<String, String> moved = new HashMap<>(signed.fields());
    moved.put("authorization", "HttpSig abd");
    assertThat(refusal(new Signer.Request(moved, null))).isEqualTo(INVALID_SIGNATURE);
    assertThat(decide(client.signed("HttpSig abc", NOW.minusSeconds(60))))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(refusal(client.signed("HttpSig abc", NOW.minusSeconds(61))))
        .isEqualTo(INVALID_SIGNATURE);
  }

  @Test
  void ofTwoMembersBothMustMatch() {
    Identity rightful = ThrowAwayPki.selfSigned("CN=payments-app");
    Identity other = ThrowAwayPki.selfSigned("CN=payments-app");
    cnf.put("x5t#S256", rightful.thumbprint());
    Signer.Request signed = client.signed("HttpSig abc", NOW);
    assertThat(decide(signed.certificate(rightful.certificate())))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(refusal(signed.certificate(other.certificate())))
        .isEqualTo(Refusal.BINDING_MISMATCH);
    assertThat(refusal(signed)).isEqualTo(Refusal.BINDING_NOT_PROVEN);
    assertThat(refusal(thief.signed("HttpSig abc", NOW).certificate(rightful.certificate())))
        .isEqualTo(Refusal.BINDING_MISMATCH);
  }

  @Test
  void twoMethodsWithOwnSchemesFitNoScheme() {
    cnf.put("jkt", THUMBPRINT);
    assertThat(refusal(client.signed("HttpSig abc", NOW))).isEqualTo(Refusal.WRONG_SCHEME);
    assertThat(refusal(client.signed("DPoP abc", NOW))).isEqualTo(Refusal.WRONG_SCHEME);
    assertThat(refusal(client.signed("Bearer abc", NOW))).isEqualTo(Refusal.WRONG_SCHEME);
  }

  @Test
  void underAnotherSchemeNothingIsProven() {
    assertThat(refusal(client.signed("Bearer abc", NOW))).isEqualTo(Refusal.WRONG_SCHEME);
    assertThat(refusal(client.signed("DPoP abc", NOW))).isEqualTo(Refusal.WRONG_SCHEME);
    cnf.clear();
    cnf.put("x5t#S256", THUMBPRINT);
    assertThat(refusal(client.signed("HttpSig abc", NOW))).isEqualTo(Refusal.WRONG_SCHEME);
  }

  @Test
  void aReportTellsApartWhatCameUnderBearer() {
    mode = Mode.REPORT_ONLY;
    Decision.Allowed allowed = (Decision.Allowed) decide(client.signed("Bearer abc", NOW));
    assertThat(allowed.report().detail())
        .isEqualTo("a HttpSig-bound token came under Bearer, with a good proof of its key");
    allowed = (Decision.Allowed) decide(client.unsigned("Bearer abc"));
    assertThat(allowed.report().detail())
        .isEqualTo("a HttpSig-bound token came under Bearer, with no proof");
  }

  @Test
  void aMemberThatNamesNoKeyIsUnusable() {
    cnf.put("sig-jwk", Map.of("kty", "EC"));
    assertThat(refusal(client.signed("HttpSig abc", NOW))).isEqualTo(Refusal.UNUSABLE_CONFIRMATION);
  }

  @Test
  void noSettingCanNameIt() {
    HoldfastSettings settings =
        SettingsReader.readInitParameters(
            Map.of(
                "methods", "http-signature",
                "tokens.issuers[0].issuer", "https://localhost:1",
                "tokens.issuers[0].audiences", "api"));
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> Assembly.of(settings, CLOCK))
        .withMessageContaining("holdfast.methods: http-signature is named, but no setting makes");
  }

  @Test
  void theChallengeIsItsOwn() {
    assertThat(challenges(client.unsigned("HttpSig abc")))
        .containsExactly(
            "HttpSig error=\"invalid_signature\","
                + " error_description=\"the signature is not valid for this request\","
                + " alg=\"ed25519\"");
    methods = Set.of(METHOD, ConfirmationMethod.CERTIFICATE);
    assertThat(challenges(client.unsigned("Basic abc")))
        .containsExactly("Bearer", "HttpSig alg=\"ed25519\"");
  }
}
