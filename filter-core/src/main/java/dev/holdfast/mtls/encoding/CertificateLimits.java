package dev.holdfast.mtls.encoding;

/** How much is read of what a proxy sends. */
final class CertificateLimits {
  /** The longest certificate, in bytes. */
  static final int MAX_BYTES = 16 * 1024;

  /** The most certificates of a chain. */
  static final int MAX_CERTIFICATES = 10;

  private CertificateLimits() {}
}
