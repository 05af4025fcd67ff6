package dev.holdfast.servlet;

import dev.holdfast.Sha256Digest;
import dev.holdfast.testing.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateEncodingException;
import java.util.List;

/** The owner's key, without a browser. */
final class CookieProof {
  private CookieProof() {}

  /** RFC 8705, section 3.1. */
  static Sha256Digest digest(Identity identity) {
    try {
      return Sha256Digest.of(identity.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The page at this target, as it stands, for the owner. */
  static String page(StartedServer server, String target, List<String> fields) {
    try {
      return RawHttp.http1(
          RawHttp.tls(server.port(), CookieFixture.PKI.sslContext(CookieFixture.OWNER), "http/1.1"),
          target,
          "localhost",
          fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
