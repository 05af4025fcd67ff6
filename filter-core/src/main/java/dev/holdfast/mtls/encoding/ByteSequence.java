package dev.holdfast.mtls.encoding;

/**
 * A structured-field byte sequence alone in its field: {@code :base64:}, without parameters (RFC
 * 8941 section 3.3.5, RFC 9440 section 2.1).
 */
public final class ByteSequence {
  private ByteSequence() {}

  public static byte[] decode(String value) throws UnreadableCertificateException {
    if (value.length() < 3 || !value.startsWith(":") || !value.endsWith(":")) {
      throw new UnreadableCertificateException(
          "the client certificate is not one structured-field byte sequence");
    }
    return StrictBase64.decode(value.substring(1, value.length() - 1));
  }
}
