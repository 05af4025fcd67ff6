package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.Setting;
import org.jspecify.annotations.Nullable;

/**
 * {@code certificate.header}: how a trusted proxy passes on the client's certificate.
 *
 * @param format which product's spelling it is
 * @param name the header's name; default: the format's own
 * @param verifyName the header that says whether the proxy verified the certificate; default: the
 *     format's own, if it has one
 * @param verifyValue what that header says on success; default: the format's own
 * @param hops with envoy: how many trusted proxies append to the header; the client's is what the
 *     farthest of them appended
 */
public record CertificateHeaderSettings(
    String format,
    @Setting @Nullable String name,
    @Setting @Nullable String verifyName,
    @Setting @Nullable String verifyValue,
    @Setting(value = "1", least = "1", most = "16") int hops) {

  /** A format with the names that are its own. */
  public static CertificateHeaderSettings of(String format) {
    return new CertificateHeaderSettings(format, null, null, null, 1);
  }
}
