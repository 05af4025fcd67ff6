package dev.holdfast.mtls.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Base64;

/**
 * base64 with the standard alphabet and padding, one spelling for each value (RFC 4648 sections 3.5
 * and 4): no white space, no other character, and the unused bits of the last character are zero.
 */
public final class StrictBase64 {
  /** As long as the longest certificate, in characters. */
  private static final int MAX_CHARACTERS = (CertificateLimits.MAX_BYTES + 2) / 3 * 4;

  private StrictBase64() {}

  /** The bytes, at most as many as a certificate may have; the text is measured first. */
  public static byte[] decode(String text) throws UnreadableCertificateException {
    return decode(text, MAX_CHARACTERS);
  }

  /** The same for a text that is itself base64, with line breaks and the words around it. */
  public static byte[] decodeText(String text) throws UnreadableCertificateException {
    return decode(text, 2 * MAX_CHARACTERS);
  }

  private static byte[] decode(String text, int longest) throws UnreadableCertificateException {
    if (text.length() > longest) {
      throw new UnreadableCertificateException("the client certificate is too long");
    }
    byte[] characters = text.getBytes(ISO_8859_1); // what is not Latin-1 becomes a question mark
    if (characters.length > 0 && characters.length % 4 == 0) {
      try {
        byte[] bytes = Base64.getDecoder().decode(characters);
        if (Arrays.equals(Base64.getEncoder().encode(bytes), characters)) {
          return bytes;
        }
      } catch (IllegalArgumentException malformed) {
        // falls through
      }
    }
    throw new UnreadableCertificateException("the client certificate is not canonical base64");
  }
}
