package dev.holdfast.tls.engine.handshake;

import dev.holdfast.tls.engine.crypto.ConnectorCrypto;
import dev.holdfast.tls.engine.record.GcmRecords;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.EncryptionAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsSecret;

/**
 * The cryptography of a context for one of its connections. What providers have is the same for all
 * connections of a context.
 */
public final class ConnectionCrypto extends ConnectorCrypto {
  private final ConnectorCrypto context;
  private final Consumer<GcmRecords> gcm;

  /**
   * @param gcm is told of each cipher that the connection gets under AES-GCM
   */
  public ConnectionCrypto(ConnectorCrypto context, Consumer<GcmRecords> gcm) {
    super(context.getSecureRandom());
    this.context = context;
    this.gcm = gcm;
  }

  /** Sessions keep it, and must not keep the connection. */
  @Override
  public TlsSecret createSecret(byte[] data) {
    return context.createSecret(data);
  }

  /** As above. It is the client's: one that cannot be read is no error of ours. */
  @Override
  public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
    try {
      return context.createCertificate(type, encoding);
    } catch (TlsFatalAlert alert) {
      throw alert;
    } catch (IOException | RuntimeException unreadable) {
      throw new TlsFatalAlert(AlertDescription.bad_certificate, unreadable);
    }
  }

  @Override
  public boolean hasEncryptionAlgorithm(int algorithm) {
    return context.hasEncryptionAlgorithm(algorithm);
  }

  @Override
  public boolean hasNamedGroup(int group) {
    return context.hasNamedGroup(group);
  }

  @Override
  public boolean hasSignatureScheme(int scheme) {
    return context.hasSignatureScheme(scheme);
  }

  @Override
  public TlsCipher createCipher(TlsCryptoParameters parameters, int algorithm, int mac)
      throws IOException {
    int keyBytes =
        switch (algorithm) {
          case EncryptionAlgorithm.AES_128_GCM -> 16;
          case EncryptionAlgorithm.AES_256_GCM -> 32;
          default -> 0;
        };
    if (keyBytes == 0) {
      return super.createCipher(parameters, algorithm, mac);
    }
    try {
      GcmRecords cipher = new GcmRecords(parameters, getHelper(), getSecureRandom(), keyBytes);
      gcm.accept(cipher);
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new TlsFatalAlert(AlertDescription.internal_error, e);
    }
  }
}
