package dev.holdfast.tls.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.jcajce.JceTlsSecret;
import org.junit.jupiter.api.Test;

/** The secret that is keyed once derives what Bouncy Castle's does. */
class ResumedSecretTest {
  private final ConnectorCrypto crypto = new ConnectorCrypto(new SecureRandom());
  private final byte[] master = new byte[48];

  ResumedSecretTest() {
    Arrays.fill(master, (byte) 7);
  }

  private static byte[] derive(TlsSecret secret, int prf, int length) {
    return secret.deriveUsingPRF(prf, "key expansion", new byte[] {1, 2, 3}, length).extract();
  }

  @Test
  void everyHashAndLengthIsTheSame_inAnyOrder() {
    TlsSecret theirs = new JceTlsSecret(crypto, master.clone());
    TlsSecret ours = new ResumedSecret(crypto, master.clone());
    int[] orders = {
      PRFAlgorithm.tls_prf_sha256,
      PRFAlgorithm.tls_prf_sha384,
      PRFAlgorithm.tls_prf_sha384,
      PRFAlgorithm.tls_prf_sha256,
      PRFAlgorithm.tls_prf_legacy,
      PRFAlgorithm.tls_prf_sha384
    };
    for (int prf : orders) {
      for (int length : new int[] {1, 12, 32, 33, 48, 49, 104}) {
        assertThat(derive(ours, prf, length))
            .as("PRF %d, %d bytes", prf, length)
            .isEqualTo(derive(theirs, prf, length));
      }
    }
  }

  @Test
  void whatIsDestroyedDerivesNothing() {
    byte[] data = master.clone();
    ResumedSecret secret = new ResumedSecret(crypto, data);
    derive(secret, PRFAlgorithm.tls_prf_sha256, 12);
    secret.destroy();
    assertThat(data).containsOnly(0);
    assertThatThrownBy(() -> derive(secret, PRFAlgorithm.tls_prf_sha256, 12))
        .isInstanceOf(IllegalStateException.class);
  }
}
