package dev.holdfast.mtls.header;

import dev.holdfast.Sha256Digest;
import java.security.cert.X509Certificate;

/**
 * What a trusted proxy says about the certificate that its client proved in the TLS handshake.
 *
 * <p>The thumbprint is always the SHA-256 over the certificate's DER: as it was received, or as the
 * proxy computed it where it sends nothing else.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-3.1">RFC 8705, section 3.1</a>
 */
public sealed interface ForwardedCertificate {

  /** How far the certificate of a client may be believed beyond the key that it names. */
  enum Standing {
    /**
     * The proxy says that it verified the certificate, or the product forwards none that it did not
     * verify when it is configured as documented: it may be shown to the application as the
     * client's.
     */
    VERIFIED,
    /**
     * Nobody verified the certificate. The client has its key, which is all that a bound token
     * needs; its names are the client's own words and must not authenticate anyone.
     */
    UNVERIFIED
  }

  /** The client proved no certificate, or the peer is not trusted to say so. */
  enum Absent implements ForwardedCertificate {
    /** The only value. */
    ABSENT
  }

  /**
   * The client's certificate, whole.
   *
   * @param certificate the leaf
   * @param thumbprint the SHA-256 over the DER as received
   * @param standing whether the proxy verified it
   */
  record Certificate(X509Certificate certificate, Sha256Digest thumbprint, Standing standing)
      implements ForwardedCertificate {}

  /**
   * The certificate's thumbprint and nothing more.
   *
   * @param thumbprint the SHA-256 that the proxy computed
   */
  record Thumbprint(Sha256Digest thumbprint) implements ForwardedCertificate {}

  /**
   * Something is there that is not one certificate in the configured format, or that the proxy did
   * not verify: the request is refused, whatever its token demands.
   *
   * @param rule the rule it breaks, lower-case, without values
   */
  record Refused(String rule) implements ForwardedCertificate {}
}
