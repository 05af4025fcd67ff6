package dev.holdfast.examples.gateway;

import dev.holdfast.testing.Identity;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;

/** How RFC 9440 writes a certificate. */
final class Certificates {
  private Certificates() {}

  static String byteSequence(Identity identity) {
    try {
      byte[] der = identity.certificate().getEncoded();
      return ':' + Base64.getEncoder().encodeToString(der) + ':';
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
