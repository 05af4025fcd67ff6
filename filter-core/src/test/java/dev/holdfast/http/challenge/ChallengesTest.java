package dev.holdfast.http.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.PlainRequest;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import dev.holdfast.Requirement;
import dev.holdfast.TokenRequirement;
import dev.holdfast.configuration.GivenSettings;
import dev.holdfast.dpop.DpopRefusals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengesTest {

  private static BindingEnforcer enforcer(String... namesAndValues) {
    return GivenSettings.assembly(namesAndValues).enforcer(EnforcementListener.silent());
  }

  private static List<String> challenges(
      BindingEnforcer enforcer, Refusal refusal, String... authorization) {
    return challenge(enforcer, refusal, authorization).authenticate();
  }

  private static Challenge challenge(
      BindingEnforcer enforcer, Refusal refusal, String... authorization) {
    return new Challenges(enforcer).of(refusal, enforcer.question(request(authorization)));
  }

  private static boolean takes(BindingEnforcer enforcer, Scheme scheme) {
    return new Challenges(enforcer).takes(enforcer.question(request()).requirement(), scheme);
  }

  /** {@code GET /accounts} with this {@code Authorization}. */
  private static RequestEvidence request(String... authorization) {
    return new PlainRequest() {
      @Override
      public String path() {
        return "/accounts";
      }

      @Override
      public List<String> headers(String name) {
        return name.equals("Authorization") ? List.of(authorization) : List.of();
      }
    };
  }

  @Test
  void anErrorComesFirstAndUnderTheSchemeThatWasUsed_T55_C34() {
    BindingEnforcer enforcer = enforcer("dpop.algorithms", "ES256");
    assertThat(challenges(enforcer, Refusal.INVALID_TOKEN, "Bearer abc"))
        .containsExactly(
            "Bearer error=\"invalid_token\", error_description=\"the access token is not valid for"
                + " this request\"",
            "DPoP algs=\"ES256\"");
    assertThat(challenges(enforcer, Refusal.INVALID_TOKEN, "DPoP abc"))
        .containsExactly(
            "DPoP error=\"invalid_token\", error_description=\"the access token is not valid for"
                + " this request\", algs=\"ES256\"",
            "Bearer");
    assertThat(challenge(enforcer, DpopRefusals.DPOP_PROOF_SPENT, "DPoP abc"))
        .isEqualTo(challenge(enforcer, DpopRefusals.INVALID_DPOP_PROOF, "DPoP abc"));
  }

  @ParameterizedTest
  @CsvSource({
    "required,'certificate,dpop',true,true",
    "required,certificate,true,false",
    "required,dpop,false,true",
    "when-bound,dpop,true,true",
    "when-bound,certificate,true,false",
    "report-only,dpop,true,true",
    "off,dpop,true,false"
  })
  void aSchemeIsOfferedWhereATokenUnderItCouldPass(
      String policy, String methods, boolean bearer, boolean dpop) {
    BindingEnforcer enforcer = enforcer("policy", policy, "methods", methods);
    assertThat(takes(enforcer, Scheme.BEARER)).isEqualTo(bearer);
    assertThat(takes(enforcer, ConfirmationMethod.DPOP.scheme())).isEqualTo(dpop);
    assertThat(challenges(enforcer, Refusal.NO_CREDENTIALS))
        .hasSize((bearer ? 1 : 0) + (dpop ? 1 : 0));
  }

  @Test
  void aRuleForAnIssuerMayOfferMore() {
    BindingEnforcer enforcer =
        enforcer(
            "methods",
            "certificate",
            "rules[0].issuers",
            "https://issuer.example",
            "rules[0].methods",
            "dpop");
    assertThat(takes(enforcer, Scheme.BEARER)).isTrue();
    assertThat(takes(enforcer, ConfirmationMethod.DPOP.scheme())).isTrue();
  }

  @Test
  void aGuardThatCannotRecordIs503() {
    Challenge challenge = challenge(enforcer(), Refusal.REPLAY_GUARD_UNAVAILABLE, "DPoP abc");
    assertThat(challenge.status()).isEqualTo(503);
    assertThat(challenge.headers()).containsKey("Retry-After");
    assertThat(challenge.authenticate()).isEmpty();
  }

  @Test
  void anIssuersRetryAfterTakesThePlaceOfTheUsualOne() {
    Challenges challenges = new Challenges(enforcer());
    Map<String, String> asked = Map.of("Retry-After", "30");
    for (Map<String, String> headers : List.of(asked, Map.<String, String>of())) {
      Decision.Refused refused =
          new Decision.Refused(Refusal.ISSUER_UNAVAILABLE, "a rule", null, headers);
      assertThat(challenges.of(refused).headers())
          .containsEntry("Retry-After", headers.getOrDefault("Retry-After", "5"));
    }
  }

  @Test
  void everyChallengeNamesTheMetadata_C40() {
    String address = "https://api.example/.well-known/oauth-protected-resource";
    Decision.Refused refused =
        new Decision.Refused(Refusal.NO_CREDENTIALS, "a rule", null, Map.of());
    Challenges challenges = new Challenges(enforcer("dpop.algorithms", "ES256"));
    assertThat(challenges.of(refused, address).authenticate())
        .containsExactly(
            "Bearer resource_metadata=\"" + address + '"',
            "DPoP algs=\"ES256\", resource_metadata=\"" + address + '"');
    assertThat(challenges.of(refused, null)).isEqualTo(challenges.of(refused));
    assertThat(challenges.of(refused).authenticate())
        .containsExactly("Bearer", "DPoP algs=\"ES256\"");
  }

  @Test
  void theDecisionsHeaderFieldsGoWithIt_T55() {
    Decision.Refused refused =
        new Decision.Refused(
            DpopRefusals.DPOP_NONCE_NEEDED, "a rule", null, Map.of("DPoP-Nonce", "fresh"));
    Challenge challenge = new Challenges(enforcer()).of(refused);
    assertThat(challenge.headers())
        .containsEntry("DPoP-Nonce", "fresh")
        .containsEntry("Cache-Control", "no-store");
  }

  private static final String WEAK =
      " error=\"insufficient_user_authentication\", error_description=\"the user must authenticate"
          + " again for this request\"";

  private static List<String> lacking(
      BindingEnforcer enforcer, Scheme scheme, TokenRequirement demanded) {
    Requirement requirement =
        new Requirement(Requirement.Mode.REQUIRED, Set.of(ConfirmationMethod.DPOP), demanded);
    return new Challenges(enforcer)
        .of(
            new Decision.Refused(
                Refusal.INSUFFICIENT_USER_AUTHENTICATION,
                "acr is missing",
                null,
                Map.of(),
                List.of(),
                scheme,
                requirement))
        .authenticate();
  }

  @Test
  void whereOnlyDpopIsTakenItsChallengeSaysWhatTheTokenLacks() {
    TokenRequirement demanded =
        new TokenRequirement(List.of(), Duration.ofMinutes(2), List.of("phr", "gold"));
    assertThat(
            lacking(
                enforcer("dpop.algorithms", "ES256"), ConfirmationMethod.DPOP.scheme(), demanded))
        .containsExactly(
            "DPoP" + WEAK + ", acr_values=\"phr gold\", max_age=\"120\", algs=\"ES256\"");
  }

  /** Two readings of a request share no value: there is none that a client could ask for. */
  @Test
  void whereNoAcrIsGoodEnoughNoneIsNamed() {
    TokenRequirement demanded = new TokenRequirement(List.of(), null, List.of());
    assertThat(
            lacking(
                enforcer("dpop.algorithms", "ES256"), ConfirmationMethod.DPOP.scheme(), demanded))
        .containsExactly("DPoP" + WEAK + ", algs=\"ES256\"");
  }
}
