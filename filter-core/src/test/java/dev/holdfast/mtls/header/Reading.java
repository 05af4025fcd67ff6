package dev.holdfast.mtls.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Sha256Digest;
import dev.holdfast.mtls.Capture;
import dev.holdfast.mtls.ForwardedRequest;
import dev.holdfast.mtls.header.ForwardedCertificate.Standing;
import java.util.Base64;
import java.util.HexFormat;

/** Specimens of one client's certificate in several encodings, and what is read of them. */
final class Reading {
  static final String BASE64 = Decoding.CLIENT_BASE64;
  static final String BYTES = ":" + BASE64 + ":";
  static final String ESCAPED = Decoding.escaped(Decoding.pem(Decoding.CLIENT_DER));
  static final Sha256Digest CLIENT = Capture.thumbprint("client");
  static final String PADDED_DIGEST =
      Base64.getEncoder().encodeToString(Base64.getUrlDecoder().decode(CLIENT.toBase64Url()));
  static final String HEX =
      HexFormat.of().formatHex(Base64.getUrlDecoder().decode(CLIENT.toBase64Url()));

  static final ForwardedRequest FROM_NGINX =
      ForwardedRequest.of("X-SSL-Cert", ESCAPED).and("X-SSL-Client-Verify", "SUCCESS");
  static final ForwardedRequest FROM_HAPROXY =
      ForwardedRequest.of("X-SSL-Client-Cert", BASE64)
          .and("X-SSL-Client-Verify", "0")
          .and("X-SSL-Client-Used", "1");

  private Reading() {}

  static ForwardedCertificate read(CertificateHeaderFormat format, ForwardedRequest request) {
    return read(CertificateHeaderOptions.of(format), request);
  }

  static ForwardedCertificate read(CertificateHeaderOptions options, ForwardedRequest request) {
    return new CertificateHeader(options).read(request);
  }

  static void assertClient(ForwardedCertificate read, Standing standing) {
    assertThat(read).isInstanceOf(ForwardedCertificate.Certificate.class);
    ForwardedCertificate.Certificate certificate = (ForwardedCertificate.Certificate) read;
    assertThat(certificate.thumbprint()).isEqualTo(CLIENT);
    assertThat(certificate.standing()).isEqualTo(standing);
  }

  static void assertRefused(ForwardedCertificate read, String rule) {
    assertThat(read).isEqualTo(new ForwardedCertificate.Refused(rule));
  }
}
