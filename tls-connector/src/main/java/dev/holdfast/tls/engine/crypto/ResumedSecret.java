package dev.holdfast.tls.engine.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.crypto.CryptoHashAlgorithm;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JceTlsSecret;
import org.jspecify.annotations.Nullable;

/**
 * The master secret of a TLS 1.2 session, from which a resumption derives four times: one HMAC,
 * keyed once, does for all of them, where Bouncy Castle looks for one each time.
 */
final class ResumedSecret extends JceTlsSecret {
  private @Nullable Mac keyed;

  ResumedSecret(JcaTlsCrypto crypto, byte[] data) {
    super(crypto, data);
  }

  /** P_hash (RFC 5246 section 5). */
  @Override
  protected void hmacHash(
      int hash, byte[] secret, int offset, int length, byte[] seed, byte[] output)
      throws GeneralSecurityException {
    if (hash != CryptoHashAlgorithm.sha256 && hash != CryptoHashAlgorithm.sha384) {
      super.hmacHash(hash, secret, offset, length, seed, output);
      return;
    }
    String name = hash == CryptoHashAlgorithm.sha256 ? "HmacSHA256" : "HmacSHA384";
    Mac mac = keyed;
    if (mac == null || !mac.getAlgorithm().equals(name)) {
      mac = crypto.getHelper().createMac(name);
      mac.init(new SecretKeySpec(secret, offset, length, name));
      keyed = mac;
    }
    byte[] a = seed;
    for (int done = 0; done < output.length; done += mac.getMacLength()) {
      a = mac.doFinal(a);
      mac.update(a);
      byte[] block = mac.doFinal(seed);
      System.arraycopy(block, 0, output, done, Math.min(block.length, output.length - done));
    }
  }

  @Override
  public synchronized void destroy() {
    super.destroy();
    keyed = null;
  }
}
