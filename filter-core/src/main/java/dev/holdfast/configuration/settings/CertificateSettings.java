package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.Setting;
import org.jspecify.annotations.Nullable;

/**
 * {@code certificate}: where the client's certificate comes from.
 *
 * @param source where it comes from; header needs proxies.trusted
 * @param header how a trusted proxy passes it on; it is there exactly when the source is header
 * @param acceptSelfSigned take a certificate that the proxy did not verify
 */
public record CertificateSettings(
    @Setting("tls") CertificateSource source,
    @Nullable CertificateHeaderSettings header,
    @Setting("false") boolean acceptSelfSigned) {

  /** Where to look. */
  public enum CertificateSource {
    /** The TLS layer of this container. */
    TLS,
    /** The header of a trusted proxy that ends TLS. */
    HEADER,
    /** Nowhere: a certificate-bound token is refused. */
    NONE
  }

  /** A source that needs nothing more. */
  public static CertificateSettings of(CertificateSource source) {
    return new CertificateSettings(source, null, false);
  }

  /** A trusted proxy's header. */
  public static CertificateSettings of(CertificateHeaderSettings header) {
    return new CertificateSettings(CertificateSource.HEADER, header, false);
  }
}
