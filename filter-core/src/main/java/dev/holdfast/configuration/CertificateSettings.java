package dev.holdfast.configuration;

/**
 * {@code certificate}: where the client's certificate comes from.
 *
 * @param source {@code certificate.source}
 */
public record CertificateSettings(Source source) {

  /** Where to look. */
  public enum Source {
    /** The TLS layer of this container. */
    TLS,
    /** Nowhere: a certificate-bound token is refused. */
    NONE
  }
}
