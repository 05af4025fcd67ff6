package dev.holdfast.configuration;

import org.jspecify.annotations.Nullable;

/**
 * {@code certificate.header}: how a trusted proxy passes on the client's certificate.
 *
 * @param format {@code .format}: which product's spelling it is
 * @param name {@code .name}; null: the format's own
 * @param verifyName {@code .verify-name}: the header that says whether the proxy verified the
 *     certificate; null: the format's own, if it has one
 * @param verifyValue {@code .verify-value}: what it says on success; null: the format's own
 * @param hops {@code .hops}, for {@code envoy}: how many trusted proxies append to the header; the
 *     client's is what the farthest of them appended
 */
public record CertificateHeaderSettings(
    String format,
    @Nullable String name,
    @Nullable String verifyName,
    @Nullable String verifyValue,
    int hops) {

  /** A format with the names that are its own. */
  public static CertificateHeaderSettings of(String format) {
    return new CertificateHeaderSettings(format, null, null, null, 1);
  }
}
