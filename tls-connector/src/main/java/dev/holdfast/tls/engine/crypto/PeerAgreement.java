package dev.holdfast.tls.engine.crypto;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsCryptoException;
import org.bouncycastle.tls.crypto.TlsSecret;

/**
 * An agreement on a key that blames the client for a value with which there is none: the JDK's
 * providers throw for a point of small order, of which the all-zero value is one (RFC 8446 sections
 * 4.2.8.2 and 7.4.2).
 */
record PeerAgreement(TlsAgreement agreement) implements TlsAgreement {
  @Override
  public byte[] generateEphemeral() throws IOException {
    return agreement.generateEphemeral();
  }

  @Override
  public void receivePeerValue(byte[] value) throws IOException {
    try {
      agreement.receivePeerValue(value);
    } catch (TlsCryptoException | RuntimeException e) {
      throw new TlsFatalAlert(AlertDescription.illegal_parameter, e);
    }
  }

  @Override
  public TlsSecret calculateSecret() throws IOException {
    try {
      return agreement.calculateSecret();
    } catch (TlsCryptoException | RuntimeException e) {
      throw new TlsFatalAlert(AlertDescription.illegal_parameter, e);
    } catch (TlsFatalAlert zero) { // Bouncy Castle's own check says handshake_failure
      throw new TlsFatalAlert(AlertDescription.illegal_parameter, zero);
    }
  }
}
