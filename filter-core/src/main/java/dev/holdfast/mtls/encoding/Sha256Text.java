package dev.holdfast.mtls.encoding;

import dev.holdfast.Sha256Digest;

/** A SHA-256 digest as the products spell it. */
public final class Sha256Text {
  private static final int BYTES = 32;
  private static final int UNPADDED_BASE64 = 43;

  private Sha256Text() {}

  /** 64 hexadecimal digits of one case, without separators. */
  public static Sha256Digest ofHex(String text) throws UnreadableCertificateException {
    if (text.length() == 2 * BYTES) {
      byte[] bytes = new byte[BYTES];
      HexDigits digits = new HexDigits();
      int sound = 0;
      for (int i = 0; i < BYTES; i++) {
        int octet = digits.octet(text, 2 * i);
        sound |= octet; // negative for good once one of them is
        bytes[i] = (byte) octet;
      }
      if (sound >= 0) {
        return Sha256Digest.ofBytes(bytes, 0);
      }
    }
    throw malformed();
  }

  /** base64 with the standard alphabet, canonical, with its padding or without. */
  public static Sha256Digest ofBase64(String text) throws UnreadableCertificateException {
    byte[] bytes = StrictBase64.decode(text.length() == UNPADDED_BASE64 ? text + "=" : text);
    if (bytes.length != BYTES) {
      throw malformed();
    }
    return Sha256Digest.ofBytes(bytes, 0);
  }

  private static UnreadableCertificateException malformed() {
    return new UnreadableCertificateException("the certificate's fingerprint is not a SHA-256");
  }
}
