package dev.holdfast.mtls.header;

import static dev.holdfast.mtls.header.CertificateHeaderFormat.AZURE_APP_SERVICE;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.ENVOY;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.GCP;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.HAPROXY;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.NGINX;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.RFC9440;
import static dev.holdfast.mtls.header.CertificateHeaderFormat.TRAEFIK;
import static dev.holdfast.mtls.header.ForwardedCertificate.Absent.ABSENT;
import static dev.holdfast.mtls.header.ForwardedCertificate.Standing.UNVERIFIED;
import static dev.holdfast.mtls.header.ForwardedCertificate.Standing.VERIFIED;
import static dev.holdfast.mtls.header.Reading.BASE64;
import static dev.holdfast.mtls.header.Reading.BYTES;
import static dev.holdfast.mtls.header.Reading.ESCAPED;
import static dev.holdfast.mtls.header.Reading.FROM_HAPROXY;
import static dev.holdfast.mtls.header.Reading.FROM_NGINX;
import static dev.holdfast.mtls.header.Reading.assertClient;
import static dev.holdfast.mtls.header.Reading.assertRefused;
import static dev.holdfast.mtls.header.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.mtls.Capture;
import dev.holdfast.mtls.ForwardedRequest;
import org.junit.jupiter.api.Test;

/** Each rule by one mutation of a request that is accepted. */
class CertificateHeaderTest {

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
  void anEmptyChainSaysThatThereAreNoIntermediates_C90() {
    ForwardedRequest leaf = Capture.read("synthetic-rfc9440-chain.txt").request();
    for (String[] chain : new String[][] {{""}, {" "}, {"", ""}}) {
      assertClient(read(RFC9440, leaf.with("Client-Cert-Chain", chain)), VERIFIED);
      assertThat(read(RFC9440, ForwardedRequest.of("Client-Cert-Chain", chain)))
          .isEqualTo(ForwardedCertificate.Absent.ABSENT);
      assertThat(
              read(RFC9440, ForwardedRequest.of("Client-Cert", "").and("Client-Cert-Chain", chain)))
          .isEqualTo(ForwardedCertificate.Absent.ABSENT);
    }
  }

  @Test
  void anEmptyFieldOfAChainHidesNoneOfTheOthers_C90() {
    Capture synthetic = Capture.read("synthetic-rfc9440-chain.txt");
    String chain = synthetic.only("Client-Cert-Chain");
    for (String empty : new String[] {"", " "}) {
      assertClient(
          read(RFC9440, synthetic.request().with("Client-Cert-Chain", empty, chain, empty)),
          VERIFIED);
      assertRefused(
          read(RFC9440, synthetic.request().with("Client-Cert-Chain", empty, BYTES)),
          "the certificate chain repeats the leaf");
    }
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
