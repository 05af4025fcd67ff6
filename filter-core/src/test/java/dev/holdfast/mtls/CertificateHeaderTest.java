package dev.holdfast.mtls;

import static dev.holdfast.mtls.CertificateHeaderFormat.APACHE;
import static dev.holdfast.mtls.CertificateHeaderFormat.AWS_ALB;
import static dev.holdfast.mtls.CertificateHeaderFormat.AZURE_APPLICATION_GATEWAY;
import static dev.holdfast.mtls.CertificateHeaderFormat.AZURE_APP_SERVICE;
import static dev.holdfast.mtls.CertificateHeaderFormat.CLOUDFLARE;
import static dev.holdfast.mtls.CertificateHeaderFormat.DER_BASE64;
import static dev.holdfast.mtls.CertificateHeaderFormat.ENVOY;
import static dev.holdfast.mtls.CertificateHeaderFormat.GCP;
import static dev.holdfast.mtls.CertificateHeaderFormat.HAPROXY;
import static dev.holdfast.mtls.CertificateHeaderFormat.NGINX;
import static dev.holdfast.mtls.CertificateHeaderFormat.PEM_URL_ENCODED;
import static dev.holdfast.mtls.CertificateHeaderFormat.RFC9440;
import static dev.holdfast.mtls.CertificateHeaderFormat.SHA256_FINGERPRINT;
import static dev.holdfast.mtls.CertificateHeaderFormat.TRAEFIK;
import static dev.holdfast.mtls.ForwardedCertificate.Absent.ABSENT;
import static dev.holdfast.mtls.ForwardedCertificate.Standing.UNVERIFIED;
import static dev.holdfast.mtls.ForwardedCertificate.Standing.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Sha256Digest;
import dev.holdfast.mtls.ForwardedCertificate.Standing;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Each rule by one mutation of a request that is accepted. */
class CertificateHeaderTest {
  private static final String BASE64 = Decoding.CLIENT_BASE64;
  private static final String BYTES = ":" + BASE64 + ":";
  private static final String ESCAPED = Decoding.escaped(Decoding.pem(Decoding.CLIENT_DER));
  private static final Sha256Digest CLIENT = Capture.thumbprint("client");
  private static final byte[] DIGEST = Base64.getUrlDecoder().decode(CLIENT.toBase64Url());
  private static final String HEX = HexFormat.of().formatHex(DIGEST);

  private static final ForwardedRequest FROM_NGINX =
      ForwardedRequest.of("X-SSL-Cert", ESCAPED).and("X-SSL-Client-Verify", "SUCCESS");
  private static final ForwardedRequest FROM_HAPROXY =
      ForwardedRequest.of("X-SSL-Client-Cert", BASE64)
          .and("X-SSL-Client-Verify", "0")
          .and("X-SSL-Client-Used", "1");

  private static ForwardedCertificate read(
      CertificateHeaderFormat format, ForwardedRequest request) {
    return read(CertificateHeaderOptions.of(format), request);
  }

  private static ForwardedCertificate read(
      CertificateHeaderOptions options, ForwardedRequest request) {
    return new CertificateHeader(options).read(request);
  }

  private static void assertClient(ForwardedCertificate read, Standing standing) {
    assertThat(read).isInstanceOf(ForwardedCertificate.Certificate.class);
    ForwardedCertificate.Certificate certificate = (ForwardedCertificate.Certificate) read;
    assertThat(certificate.thumbprint()).isEqualTo(CLIENT);
    assertThat(certificate.standing()).isEqualTo(standing);
  }

  private static void assertRefused(ForwardedCertificate read, String rule) {
    assertThat(read).isEqualTo(new ForwardedCertificate.Refused(rule));
  }

  @Test
  void aStrangersHeaderIsNotThere_T01() {
    assertClient(read(NGINX, FROM_NGINX), VERIFIED);
    assertThat(read(NGINX, FROM_NGINX.fromStranger())).isEqualTo(ABSENT);
  }

  @Test
  void twoLinesOrTwoJoinedAreRefused_T05() {
    assertRefused(
        read(NGINX, FROM_NGINX.with("X-SSL-Cert", ESCAPED, ESCAPED)),
        "more than one client certificate header");
    assertRefused(
        read(NGINX, FROM_NGINX.with("X-SSL-Cert", ESCAPED + "," + ESCAPED)),
        "the client certificate is not PEM");
    assertRefused(
        read(RFC9440, ForwardedRequest.of("Client-Cert", BYTES + ", " + BYTES)),
        "the client certificate is not canonical base64");
    assertRefused(
        read(TRAEFIK, ForwardedRequest.of("X-Forwarded-Tls-Client-Cert", BASE64 + ", " + BASE64)),
        "the client certificate is not canonical base64");
    assertRefused(
        read(TRAEFIK, ForwardedRequest.of("X-Forwarded-Tls-Client-Cert", BASE64 + "," + BASE64)),
        "the certificate chain repeats the leaf");
    assertRefused(
        read(NGINX, FROM_NGINX.with("X-SSL-Cert", ESCAPED + ESCAPED)),
        "more than one client certificate");
  }

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
  void aCertificateWithoutItsVerifyHeaderIsRefused_T07() {
    String rule = "the verify header is missing beside the client certificate";
    assertRefused(read(NGINX, FROM_NGINX.without("X-SSL-Client-Verify")), rule);
    assertRefused(
        read(
            CertificateHeaderOptions.of(NGINX).acceptingUnverified(),
            FROM_NGINX.without("X-SSL-Client-Verify")),
        rule);
    assertRefused(
        read(NGINX, FROM_NGINX.with("X-SSL-Client-Verify", "SUCCESS", "SUCCESS")),
        "more than one verify header");
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
  void anUnverifiedCertificateIsTakenOnlyWhenThatIsSaid_T16() {
    ForwardedRequest unverified =
        FROM_NGINX.with("X-SSL-Client-Verify", "FAILED:self-signed certificate");
    CertificateHeaderOptions accepting = CertificateHeaderOptions.of(NGINX).acceptingUnverified();

    assertRefused(read(NGINX, unverified), "the proxy did not verify the client certificate");
    assertClient(read(accepting, unverified), UNVERIFIED);
    assertClient(read(accepting, FROM_NGINX), VERIFIED);
    assertRefused(
        read(accepting, FROM_NGINX.with("X-SSL-Client-Verify", "NONE")),
        "the proxy did not verify the client certificate");
    assertRefused(
        read(accepting, FROM_NGINX.with("X-SSL-Client-Verify", "")),
        "the proxy did not verify the client certificate");
  }

  @Test
  void theVerifyValueIsComparedToTheLetter() {
    for (String other : new String[] {"success", "SUCCESS ", "SUCCESS, SUCCESS", "true"}) {
      assertThat(read(NGINX, FROM_NGINX.with("X-SSL-Client-Verify", other)))
          .isInstanceOf(ForwardedCertificate.Refused.class);
    }
  }

  @Test
  void anExpiredCertificateBindsItsKey_T16() {
    String expired = Capture.read("haproxy-B-expired.txt").only("X-SSL-Client-Cert");
    ForwardedRequest request = FROM_HAPROXY.with("X-SSL-Client-Cert", expired);

    assertThat(read(HAPROXY, request))
        .isInstanceOfSatisfying(
            ForwardedCertificate.Certificate.class,
            read -> assertThat(read.thumbprint()).isEqualTo(Capture.thumbprint("expired")));
    assertThat(read(HAPROXY, request.with("X-SSL-Client-Verify", "10")))
        .isInstanceOf(ForwardedCertificate.Refused.class);
    assertThat(
            read(
                CertificateHeaderOptions.of(HAPROXY).acceptingUnverified(),
                request.with("X-SSL-Client-Verify", "10")))
        .isInstanceOf(ForwardedCertificate.Certificate.class);
  }

  @Test
  void aChainIsNeverMissedAndNeverWithoutItsLeaf_T15() {
    ForwardedRequest synthetic = Capture.read("synthetic-rfc9440-chain.txt").request();

    assertClient(read(RFC9440, synthetic), VERIFIED);
    assertClient(read(RFC9440, synthetic.without("Client-Cert-Chain")), VERIFIED);
    assertRefused(
        read(RFC9440, synthetic.without("Client-Cert")),
        "a certificate chain without a certificate");
    assertRefused(
        read(RFC9440, synthetic.with("Client-Cert-Chain", BYTES)),
        "the certificate chain repeats the leaf");
    assertRefused(
        read(RFC9440, synthetic.and("Client-Cert-Chain", BYTES)),
        "the certificate chain repeats the leaf");
    assertRefused(
        read(RFC9440, synthetic.with("Client-Cert-Chain", "nonsense")),
        "the client certificate is not one structured-field byte sequence");
  }

  @Test
  void theUnderscoreTwinIsAnotherHeader_T17() {
    assertThat(read(RFC9440, ForwardedRequest.of("Client_Cert", BYTES))).isEqualTo(ABSENT);
    assertClient(
        read(RFC9440, ForwardedRequest.of("Client-Cert", BYTES).and("Client_Cert", ":VU5E:")),
        VERIFIED);
  }

  @Test
  void aHeaderAboveTheCapIsNotDecoded_T11() {
    String tooLong = "A".repeat(CertificateField.MAX_CHARACTERS + 1);
    for (CertificateHeaderFormat format : CertificateHeaderFormat.values()) {
      CertificateHeaderOptions options = CertificateHeaderOptions.of(format, "X-Chosen");
      CertificateHeaderOptions verified =
          format.verifyName() == null ? options : options.verifiedBy("X-Verified", "yes");
      assertThat(read(verified, ForwardedRequest.of("X-Chosen", tooLong).and("X-Verified", "yes")))
          .isIn(
              new ForwardedCertificate.Refused("the client certificate header is too long"),
              new ForwardedCertificate.Refused(
                  "the verify header is missing beside the client certificate"));
    }
    assertRefused(
        read(AZURE_APP_SERVICE, ForwardedRequest.of("X-ARR-ClientCert", "A".repeat(22_000))),
        "the client certificate is too long");
  }

  @Test
  void aCharacterBeyondAsciiIsNotTakenForAnother() {
    String twin = BASE64.replaceFirst("M", String.valueOf((char) ('M' + 0x100)));
    CertificateHeader header = new CertificateHeader(CertificateHeaderOptions.of(HAPROXY));

    assertClient(header.read(FROM_HAPROXY), VERIFIED); // remembered by its bytes from now on
    assertRefused(
        header.read(FROM_HAPROXY.with("X-SSL-Client-Cert", twin)),
        "the client certificate header is not ASCII");
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
    String padded = Base64.getEncoder().encodeToString(DIGEST);
    ForwardedRequest leaf = ForwardedRequest.of("X-Client-Cert-Leaf", BYTES);

    assertClient(read(GCP, leaf), VERIFIED);
    assertClient(read(GCP, leaf.and("X-Client-Cert-Hash", padded)), VERIFIED);
    for (String spelling : new String[] {padded, padded.substring(0, 43)}) {
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

  @Test
  void itNamesEveryHeaderThatItBelieves() {
    assertThat(new CertificateHeader(CertificateHeaderOptions.of(HAPROXY)).headerNames())
        .containsExactlyInAnyOrder("X-SSL-Client-Cert", "X-SSL-Client-Verify", "X-SSL-Client-Used");
    assertThat(new CertificateHeader(CertificateHeaderOptions.of(RFC9440)).headerNames())
        .containsExactlyInAnyOrder("Client-Cert", "Client-Cert-Chain");
    assertThat(
            new CertificateHeader(
                    CertificateHeaderOptions.of(GCP, "X-Client-Cert-Leaf").verifiedBy("V", "1"))
                .headerNames())
        .containsExactlyInAnyOrder("X-Client-Cert-Leaf", "V");
    assertThat(new CertificateHeader(CertificateHeaderOptions.of(ENVOY)).headerNames())
        .containsExactly("X-Forwarded-Client-Cert");
  }
}
