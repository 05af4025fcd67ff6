package dev.holdfast.mtls.header;

import static dev.holdfast.mtls.header.CertificateHeaderFormat.APACHE;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.AWS_ALB;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.AZURE_APPLICATION_GATEWAY;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.AZURE_APP_SERVICE;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.CLOUDFLARE;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.DER_BASE64;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.GCP;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.HAPROXY;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.NGINX;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.OPENSHIFT;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.PEM_BASE64;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.PEM_ONE_LINE;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.PEM_URL_ENCODED;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.SHA256_FINGERPRINT;
import static dev.holdfast.mtls.header.ForwardedCertificate.Absent.ABSENT;
import static dev.holdfast.mtls.header.ForwardedCertificate.Standing.UNVERIFIED;
import static dev.holdfast.mtls.header.ForwardedCertificate.Standing.VERIFIED;
import static dev.holdfast.mtls.header.Reading.BASE64;
import static dev.holdfast.mtls.header.Reading.BYTES;
import static dev.holdfast.mtls.header.Reading.CLIENT;
import static dev.holdfast.mtls.header.Reading.ESCAPED;
import static dev.holdfast.mtls.header.Reading.FROM_HAPROXY;
import static dev.holdfast.mtls.header.Reading.FROM_NGINX;
import static dev.holdfast.mtls.header.Reading.HEX;
import static dev.holdfast.mtls.header.Reading.PADDED_DIGEST;
import static dev.holdfast.mtls.header.Reading.assertClient;
import static dev.holdfast.mtls.header.Reading.assertRefused;
import static dev.holdfast.mtls.header.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.mtls.Capture;
import dev.holdfast.mtls.ForwardedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is particular to a product, by one mutation of what it sends. */
class CertificateHeaderProductsTest {

  @Test
  void oneProductsSpellingOfNothingIsRubbishToAnother_T06() {
    assertThat(read(APACHE, ForwardedRequest.of("X-SSL-Client-Cert", "(null)"))).isEqualTo(ABSENT);
    assertRefused(
        read(HAPROXY, FROM_HAPROXY.with("X-SSL-Client-Cert", "(null)")),
        "the client certificate is not canonical base64");
    assertThat(read(HAPROXY, FROM_HAPROXY.with("X-SSL-Client-Cert", ""))).isEqualTo(ABSENT);
    assertRefused(
        read(NGINX, FROM_NGINX.with("X-SSL-Cert", "")), "the client certificate is not PEM");
    assertThat(read(NGINX, FROM_NGINX.without("X-SSL-Cert"))).isEqualTo(ABSENT);
  }

  @Test
  void haproxysZeroCountsOnlyForACertificateThatWasUsed_T08() {
    assertClient(read(HAPROXY, FROM_HAPROXY), VERIFIED);
    assertRefused(
        read(HAPROXY, FROM_HAPROXY.with("X-SSL-Client-Used", "0")),
        "the proxy says that no certificate was used");
    assertRefused(
        read(HAPROXY, FROM_HAPROXY.without("X-SSL-Client-Used")),
        "the verify header is missing beside the client certificate");
  }

  @Test
  void openshiftsRouterSaysNotWhetherACertificateWasUsed_C26() {
    ForwardedRequest router =
        ForwardedRequest.of("X-SSL-Client-DER", BASE64).and("X-SSL-Client-Verify", "0");

    assertClient(read(OPENSHIFT, router), VERIFIED);
    assertClient(read(OPENSHIFT, router.with("X-SSL-Client-DER", '"' + BASE64 + '"')), VERIFIED);
    for (String absent : new String[] {"", "\"\""}) {
      assertThat(read(OPENSHIFT, router.with("X-SSL-Client-DER", absent))).isEqualTo(ABSENT);
    }
    assertRefused(
        read(OPENSHIFT, router.with("X-SSL-Client-Verify", "10")),
        "the proxy did not verify the client certificate");
    assertRefused(
        read(OPENSHIFT, router.without("X-SSL-Client-Verify")),
        "the verify header is missing beside the client certificate");
    for (String half : new String[] {'"' + BASE64, BASE64 + '"', "\"", "\"\"" + BASE64 + "\"\""}) {
      assertRefused(
          read(OPENSHIFT, router.with("X-SSL-Client-DER", half)),
          "the client certificate is not canonical base64");
    }
  }

  @Test
  void pemInBase64OnceMore_C26() {
    String pem = Decoding.pem(Decoding.CLIENT_DER);
    CertificateHeaderOptions options = CertificateHeaderOptions.of(PEM_BASE64, "X-Client-Cert");
    for (String text : new String[] {pem, pem.strip(), pem.replace("\n", "\r\n")}) {
      assertClient(read(options, ForwardedRequest.of("X-Client-Cert", base64(text))), VERIFIED);
    }
    assertThat(read(options, ForwardedRequest.of("X-Client-Cert", ""))).isEqualTo(ABSENT);
    for (String text : new String[] {pem + pem, "x" + pem, pem.replace("\n", " "), "x", "\u00e9"}) {
      assertThat(read(options, ForwardedRequest.of("X-Client-Cert", base64(text))))
          .isInstanceOf(ForwardedCertificate.Refused.class);
    }
    for (String value : new String[] {BASE64, pem.strip().replace('\n', ' '), base64(pem) + ","}) {
      assertThat(read(options, ForwardedRequest.of("X-Client-Cert", value)))
          .isInstanceOf(ForwardedCertificate.Refused.class);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void pemOnOneLine_C26() {
    String pem = Decoding.pem(Decoding.CLIENT_DER).strip();
    String joined = pem.replace("\n", "");
    CertificateHeaderOptions options = CertificateHeaderOptions.of(PEM_ONE_LINE, "X-Client-Cert");
    for (String value : new String[] {joined, pem.replace('\n', ' '), pem.replace("\n", " \t")}) {
      assertClient(read(options, ForwardedRequest.of("X-Client-Cert", value)), VERIFIED);
    }
    assertThat(read(options, ForwardedRequest.of("X-Client-Cert", ""))).isEqualTo(ABSENT);
    for (String value :
        new String[] {
          joined + joined,
          joined + "," + joined,
          joined.substring(1),
          joined.substring(0, joined.length() - 1),
          joined.replaceFirst("MII", "MII "),
          joined.replaceFirst("MII", "MII,"),
          joined.replaceFirst("MII", ""),
          "-----BEGIN CERTIFICATE----------END CERTIFICATE-----",
          BASE64,
          ESCAPED
        }) {
      assertThat(read(options, ForwardedRequest.of("X-Client-Cert", value)))
          .as(value)
          .isInstanceOf(ForwardedCertificate.Refused.class);
    }
  }

  @Test
  void theCertificateAndItsFingerprintMustAgree() {
    ForwardedRequest both =
        ForwardedRequest.of("Cf-Client-Cert-Der-Base64", BASE64).and("Cf-Client-Cert-Sha256", HEX);
    String other = "0".repeat(64);

    assertClient(read(CLOUDFLARE, both), VERIFIED);
    assertRefused(
        read(CLOUDFLARE, both.with("Cf-Client-Cert-Sha256", other)),
        "two headers name different certificates");
    assertThat(read(CLOUDFLARE, both.without("Cf-Client-Cert-Der-Base64")))
        .isEqualTo(new ForwardedCertificate.Thumbprint(CLIENT));
  }

  @Test
  void googlesLeafAndHash() {
    ForwardedRequest leaf = ForwardedRequest.of("X-Client-Cert-Leaf", BYTES);

    assertClient(read(GCP, leaf), VERIFIED);
    assertClient(read(GCP, leaf.and("X-Client-Cert-Hash", PADDED_DIGEST)), VERIFIED);
    for (String spelling : new String[] {PADDED_DIGEST, PADDED_DIGEST.substring(0, 43)}) {
      assertThat(read(GCP, ForwardedRequest.of("X-Client-Cert-Hash", spelling)))
          .isEqualTo(new ForwardedCertificate.Thumbprint(CLIENT));
    }
    assertThat(read(GCP, leaf.with("X-Client-Cert-Leaf", "").and("X-Client-Cert-Hash", "")))
        .isEqualTo(ABSENT);
  }

  @Test
  void aNameNarrowsWhatIsBelieved() {
    ForwardedRequest passthrough =
        Capture.read("synthetic-aws-alb-passthrough-plus-eq-slash-safe.txt").request();
    ForwardedRequest leaf = Capture.read("synthetic-aws-alb-leaf.txt").request();

    assertClient(read(AWS_ALB, leaf), VERIFIED);
    assertClient(read(AWS_ALB, passthrough), UNVERIFIED);
    assertThat(
            read(CertificateHeaderOptions.of(AWS_ALB, "X-Amzn-Mtls-Clientcert-Leaf"), passthrough))
        .isEqualTo(ABSENT);
    assertClient(
        read(CertificateHeaderOptions.of(AWS_ALB, "x-amzn-mtls-clientcert"), passthrough),
        UNVERIFIED);
  }

  /** A client of passthrough mode may send the other mode's header of the same certificate. */
  @Test
  void aCertificateThatOneOfTwoHeadersDoesNotVouchForIsUnverified() {
    ForwardedRequest both =
        Capture.read("synthetic-aws-alb-passthrough-plus-eq-slash-safe.txt")
            .request()
            .and(
                "X-Amzn-Mtls-Clientcert-Leaf",
                Capture.read("synthetic-aws-alb-leaf.txt").only("X-Amzn-Mtls-Clientcert-Leaf"));

    assertClient(read(AWS_ALB, both), UNVERIFIED);
  }

  /** What Apache sends where there is no TLS at all. */
  @Test
  void aProxyThatKnowsOfNoCertificateDidNotFailToVerifyIt() {
    String folded = Decoding.pem(Decoding.CLIENT_DER).strip().replace('\n', ' ');
    ForwardedRequest request =
        ForwardedRequest.of("X-SSL-Client-Cert", folded).and("X-SSL-Client-Verify", "GENEROUS");
    CertificateHeaderOptions accepting = CertificateHeaderOptions.of(APACHE).acceptingUnverified();

    assertClient(read(accepting, request), UNVERIFIED);
    for (String none : new String[] {"NONE", "(null)", ""}) {
      assertRefused(
          read(accepting, request.with("X-SSL-Client-Verify", none)),
          "the proxy did not verify the client certificate");
    }
  }

  @Test
  void aPlusSignIsNotASpace() {
    ForwardedRequest leaf = Capture.read("synthetic-aws-alb-leaf.txt").request();
    String value = leaf.headers("X-Amzn-Mtls-Clientcert-Leaf").get(0);

    assertThat(value).contains("+");
    assertClient(read(AWS_ALB, leaf), VERIFIED);
    assertThat(read(AWS_ALB, leaf.with("X-Amzn-Mtls-Clientcert-Leaf", value.replace("+", "%20"))))
        .isInstanceOf(ForwardedCertificate.Refused.class);
  }

  @Test
  void theProductsThatVerifyNothing() {
    assertClient(
        read(AZURE_APP_SERVICE, ForwardedRequest.of("X-ARR-ClientCert", BASE64)), UNVERIFIED);
    assertClient(
        read(
            CertificateHeaderOptions.of(AZURE_APP_SERVICE).verifiedBy("X-Verified", "yes"),
            ForwardedRequest.of("X-ARR-ClientCert", BASE64).and("X-Verified", "yes")),
        VERIFIED);
  }

  @Test
  void theApplicationGatewaysCertificateInBothSpellings() {
    ForwardedRequest escaped =
        ForwardedRequest.of("X-Client-Cert", ESCAPED).and("X-Client-Cert-Verification", "SUCCESS");
    String folded = Decoding.pem(Decoding.CLIENT_DER).strip().replace('\n', ' ');

    assertClient(read(AZURE_APPLICATION_GATEWAY, escaped), VERIFIED);
    assertClient(read(AZURE_APPLICATION_GATEWAY, escaped.with("X-Client-Cert", folded)), VERIFIED);
    assertRefused(
        read(AZURE_APPLICATION_GATEWAY, escaped.with("X-Client-Cert-Verification", "NONE")),
        "the proxy did not verify the client certificate");
  }

  @Test
  void theFormatsWithoutAProduct() {
    assertClient(
        read(
            CertificateHeaderOptions.of(DER_BASE64, "X-Mine"),
            ForwardedRequest.of("X-Mine", BASE64)),
        VERIFIED);
    assertClient(
        read(
            CertificateHeaderOptions.of(PEM_URL_ENCODED, "X-Mine"),
            ForwardedRequest.of("X-Mine", ESCAPED)),
        VERIFIED);
    assertThat(
            read(
                CertificateHeaderOptions.of(SHA256_FINGERPRINT, "X-Mine"),
                ForwardedRequest.of("X-Mine", HEX)))
        .isEqualTo(new ForwardedCertificate.Thumbprint(CLIENT));
    assertThat(
            read(
                CertificateHeaderOptions.of(SHA256_FINGERPRINT, "X-Mine"),
                ForwardedRequest.of("X-Mine", HEX.toUpperCase(Locale.ROOT))))
        .isEqualTo(new ForwardedCertificate.Thumbprint(CLIENT));
    for (String other :
        new String[] {HEX.substring(1), HEX + "0", HEX.replace("a", "A"), CLIENT.toBase64Url()}) {
      assertThat(
              read(
                  CertificateHeaderOptions.of(SHA256_FINGERPRINT, "X-Mine"),
                  ForwardedRequest.of("X-Mine", other)))
          .isInstanceOf(ForwardedCertificate.Refused.class);
    }
  }
}
