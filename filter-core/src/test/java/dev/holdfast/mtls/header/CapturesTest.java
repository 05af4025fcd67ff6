package dev.holdfast.mtls.header;

import static dev.holdfast.mtls.header.CertificateHeaderFormat.APACHE;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.AWS_ALB;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.CADDY;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.CLOUDFLARE;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.CLOUD_FOUNDRY;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.ENVOY;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.HAPROXY;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.NGINX;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.RFC9440;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.TRAEFIK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Sha256Digest;
import dev.holdfast.mtls.Capture;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What real proxies sent, in their own format and in every other one. */
class CapturesTest {
  private static final String ABSENT = "absent";
  private static final String REFUSED = "refused";

  static Stream<Arguments> recordings() {
    return Stream.of(
        Arguments.of("nginx-A-cert.txt", NGINX, "client"),
        Arguments.of("nginx-A-h2.txt", NGINX, "client"),
        Arguments.of("nginx-A-chain.txt", NGINX, "clientint"),
        Arguments.of("nginx-A-bigcert.txt", NGINX, "big"),
        Arguments.of("nginx-A-nocert-spoof.txt", NGINX, ABSENT), // T06
        Arguments.of("nginx-B-client.txt", NGINX, "client"),
        Arguments.of("nginx-B-selfsigned.txt", NGINX, REFUSED), // T16
        Arguments.of("nginx-C-ssl_client_cert.txt", NGINX, "client"),
        Arguments.of("nginx-D-connection-strip.txt", NGINX, "client"),
        Arguments.of("nginx-D-passthrough.txt", NGINX, REFUSED),
        Arguments.of("nginx-E-underscores_on.txt", RFC9440, ABSENT), // T17
        Arguments.of("nginx-F-strip.txt", NGINX, ABSENT),
        Arguments.of("nginx-G-rfc9440-nocert.txt", RFC9440, ABSENT), // T06
        Arguments.of("nginx-G-rfc9440.txt", RFC9440, REFUSED), // line feeds inside the base64
        Arguments.of("apache-A-cert.txt", APACHE, "client"),
        Arguments.of("apache-A-bigcert.txt", APACHE, "big"),
        Arguments.of("apache-A-nocert-spoof.txt", APACHE, ABSENT), // T06: (null)
        Arguments.of("apache-B-selfsigned.txt", APACHE, REFUSED), // T16
        Arguments.of("apache-B-hopbyhop-drop-verify.txt", APACHE, REFUSED), // T07
        Arguments.of("apache-C-noexport.txt", APACHE, REFUSED), // T07
        Arguments.of("apache-D-connection-strip.txt", APACHE, ABSENT),
        Arguments.of("apache-D-passthrough.txt", APACHE, REFUSED),
        Arguments.of("apache-D-dup.txt", RFC9440, REFUSED), // T05
        Arguments.of("apache-E-rfc9440.txt", RFC9440, "client"),
        Arguments.of("apache-E-rfc9440-nocert.txt", RFC9440, ABSENT), // T06
        Arguments.of("haproxy-A-cert.txt", HAPROXY, "client"),
        Arguments.of("haproxy-A-cert-spoof.txt", HAPROXY, "client"),
        Arguments.of("haproxy-A-chain.txt", HAPROXY, "clientint"),
        Arguments.of("haproxy-A-cert.txt", RFC9440, "client"),
        Arguments.of("haproxy-A-chain.txt", RFC9440, "clientint"),
        Arguments.of("haproxy-A-nocert-spoof.txt", HAPROXY, ABSENT), // T06, T08
        Arguments.of("haproxy-B-expired.txt", HAPROXY, REFUSED), // T16
        Arguments.of("haproxy-D-connection-strip.txt", HAPROXY, "client"),
        Arguments.of("haproxy-D-dup.txt", RFC9440, REFUSED), // T05
        Arguments.of("haproxy-D-passthrough.txt", HAPROXY, REFUSED),
        Arguments.of("haproxy-E-addheader.txt", RFC9440, REFUSED), // T05: the forged one first
        Arguments.of("caddy-A-cert.txt", CADDY, "client"),
        Arguments.of("caddy-A-cert-spoof.txt", CADDY, "client"),
        Arguments.of("caddy-A-chain.txt", CADDY, "clientint"),
        Arguments.of("caddy-A-nocert-spoof.txt", CADDY, ABSENT), // T06: the placeholder
        Arguments.of("caddy-B-nocert.txt", CADDY, ABSENT), // T06
        Arguments.of("caddy-B-expired.txt", CADDY, "expired"), // T16: no verify header to ask
        Arguments.of("caddy-D-connection-strip.txt", CADDY, "client"),
        Arguments.of("caddy-D-passthrough.txt", CADDY, REFUSED),
        Arguments.of("caddy-F-strip.txt", CADDY, ABSENT),
        Arguments.of("synthetic-aws-alb-leaf.txt", AWS_ALB, "client"),
        Arguments.of("synthetic-aws-alb-passthrough-plus-eq-slash-safe.txt", AWS_ALB, "client"),
        Arguments.of("synthetic-cloudflare.txt", CLOUDFLARE, "client"),
        Arguments.of("synthetic-cloudfoundry-gorouter.txt", CLOUD_FOUNDRY, "client"),
        Arguments.of("synthetic-envoy-cert.txt", ENVOY, "client"),
        Arguments.of("synthetic-rfc9440-chain.txt", RFC9440, "client"),
        Arguments.of("synthetic-traefik-pem-chain.txt", TRAEFIK, "client"));
  }

  private static CertificateHeader header(CertificateHeaderFormat format) {
    return new CertificateHeader(
        format.headerNames().isEmpty()
            ? CertificateHeaderOptions.of(format, "X-Chosen")
            : CertificateHeaderOptions.of(format));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void aRecordingInItsOwnFormat_T05_T06_T07_T08_T09_T16_T17(
      String file, CertificateHeaderFormat format, String expected) throws Exception {
    ForwardedCertificate read = header(format).read(Capture.read(file).request());

    if (expected.equals(ABSENT)) {
      assertThat(read).isEqualTo(ForwardedCertificate.Absent.ABSENT);
    } else if (expected.equals(REFUSED)) {
      assertThat(read).isInstanceOf(ForwardedCertificate.Refused.class);
    } else {
      assertThat(read).isInstanceOf(ForwardedCertificate.Certificate.class);
      assertThat(thumbprint(read)).isEqualTo(Capture.thumbprint(expected));
      X509Certificate certificate = ((ForwardedCertificate.Certificate) read).certificate();
      assertThat(Sha256Digest.of(certificate.getEncoded())).isEqualTo(thumbprint(read));
    }
  }

  @Test
  void everyRecordingIsInTheTable() {
    Set<String> missing = new HashSet<>(Capture.files());
    recordings().forEach(arguments -> missing.remove((String) arguments.get()[0]));

    assertThat(missing)
        .isSubsetOf(
            "apache-F-strip.txt"); // the spoofed header there is another spelling of APACHE's own
  }

  /** Whatever the format, its own header names: the recorded certificates, or none at all. */
  @ParameterizedTest
  @EnumSource
  void noFormatFindsAnotherCertificateInARecording_T09(CertificateHeaderFormat format) {
    Map<String, CertificateHeaderFormat> own = ownFormats();
    for (String file : Capture.files()) {
      ForwardedCertificate read = header(format).read(Capture.read(file).request());

      assertThat(thumbprint(read)).as(file).isIn(recordedIn(file));
      if (thumbprint(read) != null && format != own.get(file)) {
        // Caddy sends what RFC 9440 says, and HAProxy was set up to send both
        assertThat(Set.of(format, own.get(file)))
            .as(file)
            .isSubsetOf(RFC9440, CADDY, HAPROXY, APACHE);
      }
    }
  }

  /** Whatever the encoding, under the header's own name: the recorded certificate, or a refusal. */
  @ParameterizedTest
  @EnumSource
  void noEncodingReadsAnotherCertificate_T09(CertificateEncoding encoding) {
    for (String file : Capture.files()) {
      for (Capture.Carrier carrier : Capture.carriers(file)) {
        for (String value : Capture.read(file).request().headers(carrier.header())) {
          Sha256Digest read = Decoding.thumbprint(encoding, value);
          assertThat(read).as(file + " " + carrier.header()).isIn(recordedIn(file));
        }
      }
    }
  }

  @Test
  void eachFormatReadsOnlyEncodingsOfItsOwnKind_T09() {
    assertThat(readers("nginx-A-cert.txt", "X-SSL-Cert"))
        .containsExactlyInAnyOrder(
            CertificateEncoding.ESCAPED_PEM,
            CertificateEncoding.ESCAPED_PEM_CHAIN,
            CertificateEncoding.NGINX_PEM);
    assertThat(readers("apache-A-cert.txt", "X-SSL-Client-Cert"))
        .containsExactlyInAnyOrder(CertificateEncoding.FOLDED_PEM, CertificateEncoding.NGINX_PEM);
    assertThat(readers("haproxy-A-cert.txt", "X-SSL-Client-Cert"))
        .containsExactlyInAnyOrder(CertificateEncoding.BASE64, CertificateEncoding.BASE64_CHAIN);
    assertThat(readers("haproxy-A-cert.txt", "X-SSL-Client-Sha256"))
        .containsExactly(CertificateEncoding.SHA256_HEX);
    assertThat(readers("caddy-A-cert.txt", "Client-Cert"))
        .containsExactly(CertificateEncoding.BYTE_SEQUENCE);
    assertThat(readers("synthetic-envoy-cert.txt", "X-Forwarded-Client-Cert"))
        .containsExactly(CertificateEncoding.XFCC);
    assertThat(readers("synthetic-traefik-pem-chain.txt", "X-Forwarded-Tls-Client-Cert"))
        .containsExactly(CertificateEncoding.BASE64_CHAIN);
    assertThat(
            readers(
                "synthetic-aws-alb-passthrough-plus-eq-slash-safe.txt", "X-Amzn-Mtls-Clientcert"))
        .containsExactly(CertificateEncoding.ESCAPED_PEM_CHAIN);
  }

  private static List<CertificateEncoding> readers(String file, String header) {
    String value = Capture.read(file).only(header);
    return Stream.of(CertificateEncoding.values())
        .filter(encoding -> Decoding.thumbprint(encoding, value) != null)
        .toList();
  }

  private static Map<String, CertificateHeaderFormat> ownFormats() {
    Map<String, CertificateHeaderFormat> own = new HashMap<>();
    recordings()
        .forEach(
            arguments ->
                own.putIfAbsent(
                    (String) arguments.get()[0], (CertificateHeaderFormat) arguments.get()[1]));
    return own;
  }

  private static Set<Sha256Digest> recordedIn(String file) {
    Set<Sha256Digest> recorded = new HashSet<>();
    recorded.add(null);
    for (Capture.Carrier carrier : Capture.carriers(file)) {
      if (carrier.certificate() != null) {
        recorded.add(Capture.thumbprint(carrier.certificate()));
      }
    }
    if (file.startsWith("synthetic-")) {
      recorded.add(Capture.thumbprint("client"));
    }
    return recorded;
  }

  private static Sha256Digest thumbprint(ForwardedCertificate read) {
    if (read instanceof ForwardedCertificate.Certificate certificate) {
      return certificate.thumbprint();
    }
    return read instanceof ForwardedCertificate.Thumbprint only ? only.thumbprint() : null;
  }
}
