package dev.holdfast.tls.engine;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JceAEADCipherImpl;

/**
 * Bouncy Castle's TLS 1.3 client, whose records can have any content type and padding: what {@link
 * #say} is given ends with the content type and with zeros.
 */
final class PaddingClient {
  private final TlsClientProtocol protocol = new TlsClientProtocol();
  private boolean padding;

  PaddingClient() throws IOException {
    protocol.connect(new Client());
  }

  /** Takes what has arrived; what there is to send. */
  byte[] take(byte[] bytes) throws IOException {
    protocol.offerInput(bytes);
    byte[] said = new byte[protocol.getAvailableOutputBytes()];
    protocol.readOutput(said, 0, said.length);
    return said;
  }

  /** One record with this TLSInnerPlaintext and one more zero (RFC 8446 section 5.2). */
  byte[] say(byte[] inner) throws IOException {
    padding = true;
    protocol.writeApplicationData(inner, 0, inner.length);
    return take(new byte[0]);
  }

  private final class Client extends DefaultTlsClient {
    Client() {
      super(new Crypto());
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.TLSv13.only();
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate certificate) {}

        @Override
        public TlsCredentials getClientCredentials(CertificateRequest request) {
          return null;
        }
      };
    }
  }

  private final class Crypto extends JcaTlsCrypto {
    Crypto() {
      super(new DefaultJcaJceHelper(), new SecureRandom(), new SecureRandom());
    }

    @Override
    protected TlsAEADCipherImpl createAEADCipher(
        String name, String algorithm, int keySize, boolean encrypting)
        throws GeneralSecurityException {
      TlsAEADCipherImpl cipher =
          new JceAEADCipherImpl(this, getHelper(), name, algorithm, keySize, encrypting);
      return encrypting ? new Padding(cipher) : cipher;
    }
  }

  /** Makes a zero of the content type that the protocol has put at the end. */
  private final class Padding implements TlsAEADCipherImpl {
    private final TlsAEADCipherImpl cipher;

    Padding(TlsAEADCipherImpl cipher) {
      this.cipher = cipher;
    }

    @Override
    public void setKey(byte[] key, int offset, int length) throws IOException {
      cipher.setKey(key, offset, length);
    }

    @Override
    public void init(byte[] nonce, int macSize) throws IOException {
      cipher.init(nonce, macSize);
    }

    @Override
    public int getOutputSize(int length) {
      return cipher.getOutputSize(length);
    }

    @Override
    public int doFinal(
        byte[] additional, byte[] input, int offset, int length, byte[] output, int to)
        throws IOException {
      if (padding) {
        input[offset + length - 1] = 0;
      }
      return cipher.doFinal(additional, input, offset, length, output, to);
    }
  }
}
