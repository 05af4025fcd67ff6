package dev.holdfast.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.ReplayGuard;
import dev.holdfast.dpop.replay.LocalReplayGuard;
import dev.holdfast.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Random;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A busy client is no attacker: there is no throttle for a key. */
@Tag("whole")
class ProofFloodTest {
  private static final int PROOFS = 50_000;
  private static final int MILLIS = 60_000;

  private final Signature signer;
  private final String header;

  ProofFloodTest() throws GeneralSecurityException {
    signer = Signature.getInstance("SHA256withPLAIN-ECDSA", new BouncyCastleProvider());
    signer.initSign(ProofSpecimen.EC.getPrivate());
    header = ProofSpecimen.part(JSONObjectUtils.toJSONString(ProofSpecimen.es256().header));
  }

  private String proof(int number, long issuedAt) throws GeneralSecurityException {
    ProofSpecimen specimen =
        ProofSpecimen.es256().claim("jti", "proof-" + number).claim("iat", issuedAt);
    String signed =
        header + '.' + ProofSpecimen.part(JSONObjectUtils.toJSONString(specimen.claims));
    signer.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + '.' + Base64URL.encode(signer.sign());
  }

  @Test
  void fiftyThousandProofsOfOneKeyInAMinuteAreAllAccepted_T53() throws GeneralSecurityException {
    SettableClock clock = new SettableClock(ProofSpecimen.NOW);
    ReplayGuard guard =
        new LocalReplayGuard(1_000_000, Duration.ofSeconds(80), clock, new Random(1));
    DpopVerifier verifier = new DpopVerifier(DpopRules.DEFAULTS, DpopNonces.never(), guard, clock);
    String first = proof(0, ProofSpecimen.NOW.getEpochSecond());
    for (int i = 0; i < PROOFS; i++) {
      clock.set(ProofSpecimen.NOW.plusMillis((long) i * MILLIS / PROOFS));
      String proof = i == 0 ? first : proof(i, clock.instant().getEpochSecond());
      assertThat(verdict(verifier, proof)).as("proof %d", i).isEqualTo("ok");
    }
    assertThat(verdict(verifier, first)).as("the first one again").isEqualTo("DPOP_PROOF_SPENT");
  }

  private static String verdict(DpopVerifier verifier, String proof) {
    return DpopFixture.verdict(
        DpopFixture.spent(verifier.prove(ProofRequest.with(proof), ProofSpecimen.TOKEN)));
  }
}
