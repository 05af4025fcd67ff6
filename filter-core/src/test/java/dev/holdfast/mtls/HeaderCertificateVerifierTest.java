package dev.holdfast.mtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import dev.holdfast.Refusal;
import dev.holdfast.mtls.header.CertificateHeader;
import dev.holdfast.mtls.header.CertificateHeaderFormat;
import dev.holdfast.mtls.header.CertificateHeaderOptions;
import dev.holdfast.mtls.header.Decoding;
import dev.holdfast.mtls.header.ForwardedCertificate;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeaderCertificateVerifierTest {
  private static final PresentedToken TOKEN =
      PresentedToken.of(PresentedToken.Scheme.BEARER, "abc");
  private static final ForwardedRequest CLIENT =
      ForwardedRequest.of("Client-Cert", ":" + Decoding.CLIENT_BASE64 + ":");

  private final CertificateHeader header =
      new CertificateHeader(CertificateHeaderOptions.of(CertificateHeaderFormat.RFC9440));
  private final HeaderCertificateVerifier verifier = new HeaderCertificateVerifier(header);

  private static Proof proven(String certificate) {
    return new Proof.Proven(
        new Binding(ConfirmationMethod.CERTIFICATE, Capture.thumbprint(certificate)));
  }

  @Test
  void itProvesCertificates() {
    assertThat(verifier.method()).isEqualTo(ConfirmationMethod.CERTIFICATE);
  }

  @Test
  void aTrustedProxysWordIsAProof() {
    assertThat(verifier.prove(CLIENT, TOKEN)).isEqualTo(proven("client"));
    assertThat(verifier.prove(ForwardedRequest.empty(), TOKEN)).isEqualTo(Proof.Absent.ABSENT);
    assertThat(verifier.prove(CLIENT.with("Client-Cert", "x"), TOKEN))
        .isEqualTo(
            new Proof.Rejected(
                Refusal.BINDING_NOT_PROVEN,
                "the client certificate is not one structured-field byte sequence"));
  }

  @Test
  void aStrangersWordIsNoneEvenWhenItIsWellKnown_T01() {
    assertThat(verifier.prove(CLIENT, TOKEN)).isEqualTo(proven("client"));
    assertThat(verifier.prove(CLIENT.fromStranger(), TOKEN)).isEqualTo(Proof.Absent.ABSENT);
  }

  @Test
  void aKnownCertificateIsNotReadAgain() {
    assertThat(verifier.prove(CLIENT, TOKEN)).isSameAs(verifier.prove(CLIENT, TOKEN));
    ForwardedCertificate.Certificate once = (ForwardedCertificate.Certificate) header.read(CLIENT);
    ForwardedCertificate.Certificate twice = (ForwardedCertificate.Certificate) header.read(CLIENT);
    assertThat(once.certificate()).isSameAs(twice.certificate());
  }

  @Test
  void whatIsSaidBesideAKnownCertificateIsReadEveryTime_T07() {
    CertificateHeader checked =
        new CertificateHeader(
            CertificateHeaderOptions.of(CertificateHeaderFormat.RFC9440)
                .verifiedBy("X-Verified", "yes"));
    ForwardedRequest good = CLIENT.and("X-Verified", "yes");

    assertThat(checked.prove(good)).isEqualTo(proven("client"));
    assertThat(checked.prove(good.with("X-Verified", "no"))).isInstanceOf(Proof.Rejected.class);
    assertThat(checked.prove(good.without("X-Verified"))).isInstanceOf(Proof.Rejected.class);
    assertThat(checked.prove(good)).isEqualTo(proven("client"));
  }

  @Test
  void eachClientProvesItsOwnKeyFromManyThreads() {
    ThrowAwayPki pki = ThrowAwayPki.create();
    List<Identity> clients =
        IntStream.range(0, 8).mapToObj(i -> pki.clientCertificate("CN=app-" + i)).toList();

    IntStream.range(0, 2_000)
        .parallel()
        .forEach(
            i -> {
              Identity client = clients.get(i % clients.size());
              assertThat(verifier.prove(forwarded(client), TOKEN))
                  .isInstanceOfSatisfying(
                      Proof.Proven.class,
                      proof ->
                          assertThat(proof.binding().digest().toBase64Url())
                              .isEqualTo(client.thumbprint()));
            });
  }

  private static ForwardedRequest forwarded(Identity client) {
    try {
      byte[] der = client.certificate().getEncoded();
      return ForwardedRequest.of(
          "Client-Cert", ":" + Base64.getEncoder().encodeToString(der) + ":");
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }
}
