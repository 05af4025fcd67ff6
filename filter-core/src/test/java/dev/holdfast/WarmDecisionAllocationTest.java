package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.holdfast.BindingPolicy.Mode;
import dev.holdfast.BindingPolicy.Requirement;
import dev.holdfast.mtls.ClientCertificateVerifier;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * What one known token on one known TLS session costs in garbage, beyond the header's own text. The
 * JVM counts exactly; the least of several rounds leaves out what compilers and agents do
 * meanwhile.
 */
class WarmDecisionAllocationTest {
  private static final int ROUNDS = 20;
  private static final int DECISIONS = 5_000;
  private static final long MAX_BYTES = 256;

  private static BindingEnforcer enforcer(Identity client) {
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
            new Requirement(Mode.REQUIRED, Set.of(ConfirmationMethod.CERTIFICATE))),
        EnforcementListener.silent());
  }

  private static String text() {
    return "eyJ.".concat("x".repeat(800)).concat(".sig");
  }

  @Test
  void aWarmCertificateBoundDecisionAllocatesAtMost256Bytes() {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
            && bean.isThreadAllocatedMemorySupported(),
        "this JVM does not count what a thread allocates");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.setThreadAllocatedMemoryEnabled(true);
    Identity client = ThrowAwayPki.selfSigned("CN=payments-app");
    BindingEnforcer enforcer = enforcer(client);
    TestRequest request = TestRequest.bearing("Bearer " + text()).certificate(client.certificate());
    long thread = Thread.currentThread().getId();

    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long allowed = 0;
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < DECISIONS; i++) {
        if (enforcer.decide(request) instanceof Decision.Allowed) {
          allowed++;
        }
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
      assertThat(allowed).isEqualTo(DECISIONS);
    }

    assertThat(least / (double) DECISIONS).as("bytes per decision").isLessThanOrEqualTo(MAX_BYTES);
  }
}
