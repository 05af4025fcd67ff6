package dev.holdfast.mtls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.PlainRequest;
import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import dev.holdfast.Refusal;
import dev.holdfast.Sha256Digest;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientCertificateVerifierTest {
  private static final PresentedToken TOKEN =
      PresentedToken.of(PresentedToken.Scheme.BEARER, "abc");

  /** RFC 8705 appendix A: expired since 2022, which is no concern of the binding (T16). */
  private static final String RFC8705_CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBBjCBrAIBAjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARtdGxzMB4XDTE4MTAx
      ODEyMzcwOVoXDTIyMDUwMjEyMzcwOVowDzENMAsGA1UEAwwEbXRsczBZMBMGByqG
      SM49AgEGCCqGSM49AwEHA0IABNcnyxwqV6hY8QnhxxzFQ03C7HKW9OylMbnQZjjJ
      /Au08/coZwxS7LfA4vOLS9WuneIXhbGGWvsDSb0tH6IxLm8wCgYIKoZIzj0EAwID
      SQAwRgIhAP0RC1E+vwJD/D1AGHGzuri+hlV/PpQEKTWUVeORWz83AiEA5x2eXZOV
      bUlJSGQgjwD5vaUaKlLR50Q2DmFfQj1L+SY=
      -----END CERTIFICATE-----
      """;

  private final ClientCertificateVerifier verifier = new ClientCertificateVerifier();

  private record Handshake(X509Certificate clientCertificate) implements PlainRequest {
    /** What a client without a certificate might claim. */
    @Override
    public List<String> headers(String name) {
      return List.of(":" + RFC8705_CERTIFICATE + ":");
    }
  }

  private static X509Certificate parse(String pem) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
  }

  private Proof prove(X509Certificate leaf) {
    return verifier.prove(new Handshake(leaf), TOKEN);
  }

  private static Proof proven(String thumbprint) {
    return new Proof.Proven(
        new Binding(ConfirmationMethod.CERTIFICATE, Sha256Digest.parse(thumbprint).orElseThrow()));
  }

  @Test
  void itProvesCertificates() {
    assertThat(verifier.method()).isEqualTo(ConfirmationMethod.CERTIFICATE);
  }

  @Test
  void theExampleOfRfc8705AppendixA_T16() throws Exception {
    assertThat(prove(parse(RFC8705_CERTIFICATE)))
        .isEqualTo(proven("A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0"));
  }

  @Test
  void eachClientProvesItsOwnKey() {
    ThrowAwayPki pki = ThrowAwayPki.create();
    Identity rightful = pki.clientCertificate("CN=payments-app");
    Identity thief = pki.clientCertificate("CN=payments-app");

    assertThat(prove(rightful.certificate())).isEqualTo(proven(rightful.thumbprint()));
    assertThat(prove(thief.certificate()))
        .isEqualTo(proven(thief.thumbprint()))
        .isNotEqualTo(prove(rightful.certificate()));
  }

  @Test
  void withoutACertificateNothingIsProvenWhateverAHeaderSays_T02() {
    assertThat(prove(null)).isEqualTo(Proof.Absent.ABSENT);
  }

  @Test
  void theSameObjectGetsTheSameProof() throws Exception {
    X509Certificate leaf = parse(RFC8705_CERTIFICATE);

    assertThat(prove(leaf)).isSameAs(prove(leaf));
  }

  @Test
  void aCertificateThatEqualsEveryOtherIsDigestedItself() throws Exception {
    Identity rightful = ThrowAwayPki.selfSigned("CN=rightful");
    prove(rightful.certificate());

    X509Certificate forged =
        new OddCertificate(rightful.certificate()) {
          @Override
          public byte[] getEncoded() {
            return new byte[] {1};
          }

          @Override
          public boolean equals(Object other) {
            return true;
          }

          @Override
          public int hashCode() {
            return rightful.certificate().hashCode();
          }
        };

    assertThat(prove(forged)).isNotEqualTo(proven(rightful.thumbprint()));
  }

  @Test
  void aCertificateWithoutAReadableEncodingIsRejectedEachTime() {
    OddCertificate unreadable = new OddCertificate(ThrowAwayPki.selfSigned("CN=a").certificate());

    for (int i = 0; i < 2; i++) {
      assertThat(prove(unreadable))
          .isInstanceOfSatisfying(
              Proof.Rejected.class,
              rejected -> assertThat(rejected.refusal()).isEqualTo(Refusal.BINDING_NOT_PROVEN));
    }
    assertThat(unreadable.asked).isEqualTo(2);
  }

  @Test
  void manyThreadsGetTheProofOfTheirCertificate_T97() {
    ThrowAwayPki pki = ThrowAwayPki.create();
    List<Identity> clients =
        IntStream.range(0, 8).mapToObj(i -> pki.clientCertificate("CN=client-" + i)).toList();

    assertThat(
            IntStream.range(0, 20_000)
                .parallel()
                .mapToObj(i -> clients.get(i % 8))
                .allMatch(
                    client -> prove(client.certificate()).equals(proven(client.thumbprint()))))
        .isTrue();
  }
}
