package dev.holdfast.mtls.header;

import dev.holdfast.Sha256Digest;
import dev.holdfast.mtls.Capture;
import dev.holdfast.mtls.encoding.UnreadableCertificateException;
import java.util.Base64;

/** Decodes for tests, and encodes. */
public final class Decoding {
  public static final String CLIENT_BASE64 =
      Capture.read("haproxy-A-cert.txt").only("X-SSL-Client-Cert");
  public static final byte[] CLIENT_DER = Base64.getDecoder().decode(CLIENT_BASE64);

  private Decoding() {}

  /** The thumbprint, or null when the value is refused. */
  static Sha256Digest thumbprint(CertificateEncoding encoding, String value) {
    return thumbprint(encoding, value, 1);
  }

  static Sha256Digest thumbprint(CertificateEncoding encoding, String value, int hops) {
    try {
      return encoding.decode(value, hops).thumbprint();
    } catch (UnreadableCertificateException refused) {
      return null;
    }
  }

  static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }

  /** As nginx and Envoy do it. */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0) {
        escaped.append(character);
      } else {
        escaped.append("%%%02X".formatted((int) character));
      }
    }
    return escaped.toString();
  }
}
