package dev.holdfast.tls.engine.record;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM in one direction of a connection: its key, its fixed part of the nonce, and the number of
 * the next record, which makes each nonce one of its own (RFC 8446 section 5.3, RFC 5288 section
 * 3). A key is never used with a number twice: the number goes on, and a new key begins with zero.
 */
final class GcmKey {
  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;
  private static final int NUMBER_BYTES = 8;

  private final int mode;
  private final Cipher cipher;
  private final SecureRandom random;
  private final byte[] nonce = new byte[NONCE_BYTES];

  private SecretKeySpec key;
  private byte[] fixed;
  private long number;

  /**
   * @param mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE}
   */
  GcmKey(int mode, Cipher cipher, SecureRandom random, TrafficKey traffic) {
    this.mode = mode;
    this.cipher = cipher;
    this.random = random;
    this.key = new SecretKeySpec(traffic.key(), "AES");
    this.fixed = traffic.fixed();
  }

  void renew(TrafficKey traffic) {
    key = new SecretKeySpec(traffic.key(), "AES");
    fixed = traffic.fixed();
    number = 0;
  }

  /** The number of the next record. */
  long number() {
    return number;
  }

  /** Begins again with a record that was only tried. */
  void restart(long withNumber) {
    number = withNumber;
  }

  /**
   * Does the next record.
   *
   * @param explicit the part of the nonce that TLS 1.2 sends; of no meaning in TLS 1.3
   * @param additional what is authenticated with it
   * @return the bytes that the output has got
   */
  int next(long explicit, byte[] additional, ByteBuffer input, ByteBuffer output)
      throws GeneralSecurityException {
    if (number < 0) {
      throw new GeneralSecurityException("no numbers are left");
    }
    long value = fixed.length == NONCE_BYTES ? number : explicit;
    ByteBuffer.wrap(nonce).putLong(NONCE_BYTES - NUMBER_BYTES, value);
    for (int i = 0; i < fixed.length; i++) {
      nonce[i] = (byte) (i < NONCE_BYTES - NUMBER_BYTES ? fixed[i] : fixed[i] ^ nonce[i]);
    }
    number++;
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce), random);
    cipher.updateAAD(additional);
    return cipher.doFinal(input, output);
  }
}
