package dev.holdfast.mtls.header;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the proxies in front send the client's certificate. What is left null is the format's own.
 *
 * @param format the product's format
 * @param name the header; where the format has several, only this one is then believed in. If it is
 *     one of the format's own it is read as that one, any other is read as the format's first
 * @param verifyName the header that says whether the proxy verified the certificate
 * @param verifyValue what that header says when it did, to the letter
 * @param hops {@code envoy} only: how many trusted proxies append an element to the header, the
 *     client's own being the one that the farthest of them appended; 1 to 16
 * @param unverified whether a certificate is taken that the proxy did not verify
 */
public record CertificateHeaderOptions(
    CertificateHeaderFormat format,
    @Nullable String name,
    @Nullable String verifyName,
    @Nullable String verifyValue,
    int hops,
    Unverified unverified) {
  private static final int MAX_HOPS = 16;
  private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");

  /** What becomes of a certificate that the proxy did not verify. */
  public enum Unverified {
    /** The request is refused. */
    REFUSE,
    /**
     * It is taken: the client has its key, and nothing else is known ({@code accept-self-signed}).
     */
    ACCEPT
  }

  /**
   * Checks what belongs together.
   *
   * @throws IllegalArgumentException with a text that says what to do
   */
  public CertificateHeaderOptions {
    requireFieldName("name", name);
    requireFieldName("verify-name", verifyName);
    if (name == null && format.headerNames().isEmpty()) {
      throw new IllegalArgumentException(
          "certificate.header.format "
              + format.propertyName()
              + " belongs to no product: set certificate.header.name to the header that the proxy sends");
    }
    boolean hasRequiredValue = verifyValue != null || format.verifyValue() != null;
    if (verifyName != null && !hasRequiredValue) {
      throw new IllegalArgumentException(
          "certificate.header.verify-name needs certificate.header.verify-value beside it: the value that the proxy sends when it verified the certificate");
    }
    if (verifyValue != null && verifyName == null && format.verifyName() == null) {
      throw new IllegalArgumentException(
          "certificate.header.verify-value needs certificate.header.verify-name beside it: format "
              + format.propertyName()
              + " has no verify header of its own");
    }
    if (verifyValue != null && verifyValue.isBlank()) {
      throw new IllegalArgumentException(
          "certificate.header.verify-value must not be blank: set what the proxy sends when it verified the certificate");
    }
    if (hops < 1 || hops > MAX_HOPS) {
      throw new IllegalArgumentException("the number of trusted hops must be 1 to " + MAX_HOPS);
    }
    if (hops > 1 && format != CertificateHeaderFormat.ENVOY) {
      throw new IllegalArgumentException(
          "a number of trusted hops belongs to format envoy only: format "
              + format.propertyName()
              + " carries one certificate, remove the setting");
    }
  }

  private static void requireFieldName(String setting, @Nullable String name) {
    if (name != null && !FIELD_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "certificate.header."
              + setting
              + " is not the name of a header: use letters, digits and hyphens");
    }
  }

  /**
   * A format with all its own names and values.
   *
   * @throws IllegalArgumentException when it has none
   */
  public static CertificateHeaderOptions of(CertificateHeaderFormat format) {
    return new CertificateHeaderOptions(format, null, null, null, 1, Unverified.REFUSE);
  }

  /** A format whose header has another name. */
  public static CertificateHeaderOptions of(CertificateHeaderFormat format, String name) {
    return new CertificateHeaderOptions(format, name, null, null, 1, Unverified.REFUSE);
  }

  /** The same, with a verify header. */
  public CertificateHeaderOptions verifiedBy(String header, String value) {
    return new CertificateHeaderOptions(format, name, header, value, hops, unverified);
  }

  /** The same, behind that many trusted proxies which append to the header. */
  public CertificateHeaderOptions behind(int trustedHops) {
    return new CertificateHeaderOptions(
        format, name, verifyName, verifyValue, trustedHops, unverified);
  }

  /** The same, but a certificate that the proxy did not verify is taken. */
  public CertificateHeaderOptions acceptingUnverified() {
    return new CertificateHeaderOptions(
        format, name, verifyName, verifyValue, hops, Unverified.ACCEPT);
  }
}
