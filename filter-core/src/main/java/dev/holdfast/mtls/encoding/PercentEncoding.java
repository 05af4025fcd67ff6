package dev.holdfast.mtls.encoding;

/**
 * Percent-encoded printable ASCII (RFC 3986 section 2.1). A {@code +} is a plus sign, never a
 * space: base64 is full of them, and AWS leaves them as they are.
 */
public final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * The text, not longer than the value. What is not encoded must be visible ASCII, what is encoded
   * printable ASCII or a line break, and the hexadecimal letters all of one case.
   */
  public static String decode(String value) throws UnreadableCertificateException {
    StringBuilder text = new StringBuilder(value.length());
    HexDigits digits = new HexDigits();
    for (int at = 0; at < value.length(); at++) {
      char character = value.charAt(at);
      if (character == '%') {
        text.append(encoded(digits.octet(value, at + 1)));
        at += 2;
      } else if (character > ' ' && character < 0x7f) {
        text.append(character);
      } else {
        throw malformed();
      }
    }
    return text.toString();
  }

  private static char encoded(int octet) throws UnreadableCertificateException {
    if ((octet >= ' ' && octet < 0x7f) || octet == '\n' || octet == '\r') {
      return (char) octet;
    }
    throw malformed();
  }

  private static UnreadableCertificateException malformed() {
    return new UnreadableCertificateException("the client certificate is not percent-encoded text");
  }
}
