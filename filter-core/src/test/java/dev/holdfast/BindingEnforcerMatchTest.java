package dev.holdfast;

import static dev.holdfast.ConfirmationMethod.CERTIFICATE;
import static dev.holdfast.ConfirmationMethod.DPOP;
import static dev.holdfast.PresentedToken.Scheme.BEARER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.policy.BindingPolicy;
import dev.holdfast.policy.BindingPolicy.Rule;
import dev.holdfast.policy.PathPattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a token demands against what the request has proven. */
class BindingEnforcerMatchTest extends EnforcerFixture {
  /**
   * Each mode and scheme, with a token of this cnf: the refusal, {@code pass} or {@code report}.
   */
  @ParameterizedTest
  @CsvSource({
    "REQUIRED,    Bearer, none,     BINDING_REQUIRED",
    "WHEN_BOUND,  Bearer, none,     pass",
    "REPORT_ONLY, Bearer, none,     report BINDING_REQUIRED",
    "OFF,         Bearer, none,     pass",
    "REQUIRED,    DPoP,   none,     WRONG_SCHEME",
    "WHEN_BOUND,  DPoP,   none,     WRONG_SCHEME", // T25
    "REPORT_ONLY, DPoP,   none,     report WRONG_SCHEME",
    "OFF,         DPoP,   none,     pass",
    "REQUIRED,    Bearer, x5t#S256, bound",
    "WHEN_BOUND,  Bearer, x5t#S256, bound",
    "REPORT_ONLY, Bearer, x5t#S256, bound",
    "OFF,         Bearer, x5t#S256, pass",
    "REQUIRED,    DPoP,   x5t#S256, WRONG_SCHEME", // T37
    "WHEN_BOUND,  DPoP,   x5t#S256, WRONG_SCHEME", // T37
    "REPORT_ONLY, DPoP,   x5t#S256, report WRONG_SCHEME",
    "OFF,         DPoP,   x5t#S256, pass",
    "REQUIRED,    Bearer, jkt,      WRONG_SCHEME", // T24
    "WHEN_BOUND,  Bearer, jkt,      WRONG_SCHEME", // T24
    "REPORT_ONLY, Bearer, jkt,      report BINDING_NOT_PROVEN",
    "OFF,         Bearer, jkt,      pass",
    "REQUIRED,    DPoP,   jkt,      BINDING_NOT_PROVEN",
    "WHEN_BOUND,  DPoP,   jkt,      BINDING_NOT_PROVEN",
    "REPORT_ONLY, DPoP,   jkt,      report BINDING_NOT_PROVEN",
    "REQUIRED,    Bearer, foo,      UNUSABLE_CONFIRMATION", // T29
    "WHEN_BOUND,  Bearer, foo,      UNUSABLE_CONFIRMATION", // T29
    "REPORT_ONLY, Bearer, foo,      report UNUSABLE_CONFIRMATION",
    "REQUIRED,    DPoP,   foo,      UNUSABLE_CONFIRMATION",
    "OFF,         Bearer, foo,      pass",
    "WHEN_BOUND,  Bearer, tbh,      BINDING_NOT_PROVEN"
  })
  void everyModeSchemeAndConfirmation_T24_T25_T29_T36_T37(
      Mode mode, String scheme, String member, String expected) {
    AccessToken token = member.equals("none") ? UNBOUND : bound(member);
    policy = everywhere(mode, ALL);
    verification = valid(token);

    Decision decision = decide(scheme + " abc");

    if (decision instanceof Decision.Allowed allowed) {
      assertThat(allowed.token()).isSameAs(token);
      String outcome =
          allowed.reported() != null
              ? "report " + allowed.reported()
              : allowed.binding() != null ? "bound" : "pass";
      assertThat(outcome).isEqualTo(expected);
    } else {
      assertThat(((Decision.Refused) decision).refusal()).hasToString(expected);
      assertThat(((Decision.Refused) decision).token()).isSameAs(token);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WHEN_BOUND", "REQUIRED"})
  void aThiefsOwnCertificateIsAMismatch_T90(Mode mode) {
    policy = everywhere(mode, ALL);
    BindingEnforcer enforcer = enforcer();
    assertThat(enforcer.decide(TestRequest.bearing("Bearer abc")))
        .isInstanceOf(Decision.Allowed.class);

    proofs.put(CERTIFICATE, STOLEN);
    assertThat(enforcer.decide(TestRequest.bearing("Bearer abc")))
        .isEqualTo(
            new Decision.Refused(
                Refusal.BINDING_MISMATCH,
                Refusal.BINDING_MISMATCH.text(),
                BOUND,
                Map.of(),
                List.of(new Binding(CERTIFICATE, THIEF)),
                BEARER,
                demanded()));

    proofs.remove(CERTIFICATE);
    assertThat(((Decision.Refused) enforcer.decide(TestRequest.bearing("Bearer abc"))).refusal())
        .isEqualTo(Refusal.BINDING_NOT_PROVEN);
  }

  @Test
  void aKeyOfAnotherMethodWithTheSameDigestProvesNothing() {
    verification = valid(bound("jkt"));

    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.BINDING_NOT_PROVEN);
  }

  @Test
  void everyDemandedKeyMustBeProven_T31() {
    verification = valid(bound("x5t#S256", "jkt"));
    proofs.put(DPOP, proven(DPOP, RIGHTFUL));
    assertThat(decide("DPoP abc")).isInstanceOf(Decision.Allowed.class);

    heard.clear();
    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.WRONG_SCHEME);
    heard.clear();
    proofs.put(CERTIFICATE, STOLEN);
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.BINDING_MISMATCH);
    heard.clear();
    proofs.remove(CERTIFICATE);
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.BINDING_NOT_PROVEN);
    heard.clear();
    proofs.put(CERTIFICATE, PROVEN);
    proofs.put(DPOP, proven(DPOP, THIEF));
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.BINDING_MISMATCH);
  }

  @Test
  void aBindingOfAMethodNotTakenHereIsRefusedThoughProven() {
    policy = everywhere(Mode.WHEN_BOUND, Set.of(DPOP));
    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.METHOD_NOT_TAKEN);

    heard.clear();
    verification = valid(bound("x5t#S256", "jkt"));
    proofs.put(DPOP, proven(DPOP, RIGHTFUL));
    assertThat(decide("DPoP abc")).isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void whereTwoReadingsShareNoMethodEveryBoundTokenIsRefused_T96() {
    policy =
        new BindingPolicy(
            new Requirement(Mode.REQUIRED, Set.of(CERTIFICATE)),
            List.of(
                new Rule(
                    List.of(PathPattern.parse("/admin")), Set.of(), Set.of(), null, Set.of(DPOP))));
    TestRequest plain = TestRequest.bearing("Bearer abc");

    assertThat(enforcer().decide(plain)).isInstanceOf(Decision.Allowed.class);
    assertThat(enforcer().decide(plain.raw("/x/..;/admin"))).isInstanceOf(Decision.Refused.class);
  }
}
