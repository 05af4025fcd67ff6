package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.mtls.ClientCertificateVerifier;
import dev.holdfast.policy.BindingPolicy;
import dev.holdfast.testing.Garbage;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one known token on one known TLS session costs in garbage, beyond the header's own text. */
@Tag("verify")
class WarmDecisionAllocationTest {
  private static final double MAX_BYTES = 256;

  private static BindingEnforcer enforcer(Identity client, TokenRequirement demanded) {
    AccessToken token =
        new AccessToken(
            "https://issuer.test",
            "alice",
            "app",
            null,
            Set.of("read"),
            Map.of("cnf", Map.of("x5t#S256", client.thumbprint())));
    CompletableFuture<Verification> valid =
        CompletableFuture.completedFuture(new Verification.Valid(token));
    Map<Sha256Digest, CompletableFuture<Verification>> cache =
        Map.of(PresentedToken.of(PresentedToken.Scheme.BEARER, text()).digest(), valid);
    return new BindingEnforcer(
        List.of(new ClientCertificateVerifier()),
        presented -> cache.get(presented.digest()),
        BindingPolicy.everywhere(
            new Requirement(Mode.REQUIRED, Set.of(ConfirmationMethod.CERTIFICATE), demanded)),
        EnforcementListener.silent());
  }

  private static String text() {
    return "eyJ.".concat("x".repeat(800)).concat(".sig");
  }

  @Test
  void aWarmCertificateBoundDecisionAllocatesAtMost256Bytes() {
    Identity client = ThrowAwayPki.selfSigned("CN=payments-app");
    assertAllocatesLittle(client, enforcer(client, TokenRequirement.NONE));
  }

  @Test
  void aScopeThatIsDemandedCostsNoMore() {
    Identity client = ThrowAwayPki.selfSigned("CN=payments-app");
    assertAllocatesLittle(
        client, enforcer(client, new TokenRequirement(List.of("read"), null, null)));
  }

  private static void assertAllocatesLittle(Identity client, BindingEnforcer enforcer) {
    TestRequest request = TestRequest.bearing("Bearer " + text()).certificate(client.certificate());
    assertThat(Garbage.bytesPerCall(() -> enforcer.decide(request) instanceof Decision.Allowed))
        .as("bytes per decision")
        .isLessThanOrEqualTo(MAX_BYTES);
  }
}
