package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.PlainRequest;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import dev.holdfast.configuration.GivenSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengesTest {

  private static Challenges of(String... namesAndValues) {
    return new Challenges(
        GivenSettings.assembly(namesAndValues).enforcer(EnforcementListener.silent()));
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
    Challenges challenges = of("dpop.algorithms", "ES256");
    assertThat(challenges.of(Refusal.INVALID_TOKEN, request("Bearer abc")).authenticate())
        .containsExactly(
            "Bearer error=\"invalid_token\", error_description=\"the access token is not valid for"
                + " this request\"",
            "DPoP algs=\"ES256\"");
    assertThat(challenges.of(Refusal.INVALID_TOKEN, request("DPoP abc")).authenticate())
        .containsExactly(
            "DPoP error=\"invalid_token\", error_description=\"the access token is not valid for"
                + " this request\", algs=\"ES256\"",
            "Bearer");
    assertThat(challenges.of(Refusal.DPOP_PROOF_SPENT, request("DPoP abc")))
        .isEqualTo(challenges.of(Refusal.INVALID_DPOP_PROOF, request("DPoP abc")));
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
    Challenges challenges = of("policy", policy, "methods", methods);
    assertThat(challenges.takes(request(), Scheme.BEARER)).isEqualTo(bearer);
    assertThat(challenges.takes(request(), Scheme.DPOP)).isEqualTo(dpop);
    assertThat(challenges.of(Refusal.NO_CREDENTIALS, request()).authenticate())
        .hasSize((bearer ? 1 : 0) + (dpop ? 1 : 0));
  }

  @Test
  void aRuleForAnIssuerMayOfferMore() {
    Challenges challenges =
        of(
            "methods",
            "certificate",
            "rules[0].issuers",
            "https://issuer.example",
            "rules[0].methods",
            "dpop");
    assertThat(challenges.takes(request(), Scheme.BEARER)).isTrue();
    assertThat(challenges.takes(request(), Scheme.DPOP)).isTrue();
  }

  @Test
  void aGuardThatCannotRecordIs503() {
    Challenge challenge = of().of(Refusal.REPLAY_GUARD_UNAVAILABLE, request("DPoP abc"));
    assertThat(challenge.status()).isEqualTo(503);
    assertThat(challenge.headers()).containsKey("Retry-After");
    assertThat(challenge.authenticate()).isEmpty();
  }

  @Test
  void theDecisionsHeaderFieldsGoWithIt_T55() {
    Decision.Refused refused =
        new Decision.Refused(
            Refusal.DPOP_NONCE_NEEDED, "a rule", null, Map.of("DPoP-Nonce", "fresh"));
    Challenge challenge = of().of(refused, request("DPoP abc"));
    assertThat(challenge.headers())
        .containsEntry("DPoP-Nonce", "fresh")
        .containsEntry("Cache-Control", "no-store");
  }
}
