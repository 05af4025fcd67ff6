package dev.holdfast.tls.engine.record;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.TlsImplUtils;

/**
 * What one direction of a connection is encrypted with, under AES-GCM.
 *
 * @param key the AES key
 * @param fixed the fixed part of the nonces: 12 bytes in TLS 1.3, 4 in TLS 1.2
 */
@SuppressWarnings("ArrayRecordComponent") // a secret, never compared
record TrafficKey(byte[] key, byte[] fixed) {
  private static final int FIXED_12_BYTES = 4;
  private static final int FIXED_13_BYTES = 12;

  /** Whose records they are. */
  enum Sender {
    CLIENT,
    SERVER
  }

  /** From the sender's current traffic secret (RFC 8446 section 7.3). */
  static TrafficKey of13(SecurityParameters security, Sender sender, int keyBytes)
      throws IOException {
    TlsSecret secret =
        sender == Sender.SERVER
            ? security.getTrafficSecretServer()
            : security.getTrafficSecretClient();
    if (secret == null) {
      throw new TlsFatalAlert(AlertDescription.internal_error);
    }
    int hash = security.getPRFCryptoHashAlgorithm();
    return new TrafficKey(
        expanded(secret, hash, "key", keyBytes), expanded(secret, hash, "iv", FIXED_13_BYTES));
  }

  private static byte[] expanded(TlsSecret secret, int hash, String label, int length)
      throws IOException {
    return TlsCryptoUtils.hkdfExpandLabel(secret, hash, label, TlsUtils.EMPTY_BYTES, length)
        .extract();
  }

  /** Both ends' keys, then both fixed parts, the client's first (RFC 5246 section 6.3). */
  static byte[] block12(TlsCryptoParameters parameters, int keyBytes) {
    return TlsImplUtils.calculateKeyBlock(parameters, 2 * (keyBytes + FIXED_12_BYTES));
  }

  /** The sender's part of such a block. */
  static TrafficKey of12(byte[] block, Sender sender, int keyBytes) {
    int before = sender == Sender.CLIENT ? 0 : 1;
    int key = before * keyBytes;
    int fixed = 2 * keyBytes + before * FIXED_12_BYTES;
    return new TrafficKey(
        Arrays.copyOfRange(block, key, key + keyBytes),
        Arrays.copyOfRange(block, fixed, fixed + FIXED_12_BYTES));
  }
}
