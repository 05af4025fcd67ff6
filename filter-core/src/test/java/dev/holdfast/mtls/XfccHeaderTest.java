package dev.holdfast.mtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Sha256Digest;
import org.junit.jupiter.api.Test;

/** Envoy's elements, and what a client could try to say through them. */
class XfccHeaderTest {
  private static final String ONE =
      Capture.read("synthetic-envoy-cert.txt").only("X-Forwarded-Client-Cert");
  private static final Sha256Digest CLIENT = Capture.thumbprint("client");
  private static final String HASH = between(ONE, "Hash=", ";");
  private static final String CERT = between(ONE, "Cert=\"", "\"");
  private static final String FORGED = "Hash=" + "00".repeat(32);

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before) + before.length();
    return text.substring(start, text.indexOf(after, start));
  }

  private static Sha256Digest read(String field) {
    return Decoding.thumbprint(CertificateEncoding.XFCC, field);
  }

  @Test
  void theLastElementIsTheNearestProxys_T12() {
    assertThat(read(FORGED + "," + ONE)).isEqualTo(CLIENT);
    assertThat(read(FORGED + "," + FORGED + "," + ONE)).isEqualTo(CLIENT);
    assertThat(read(ONE + "," + FORGED)).isNotEqualTo(CLIENT);
  }

  @Test
  void behindTwoProxiesItIsTheLastButOne_T12() {
    String field = FORGED + ",Hash=" + HASH + ",Hash=" + "11".repeat(32);

    assertThat(Decoding.thumbprint(CertificateEncoding.XFCC, field, 2)).isEqualTo(CLIENT);
    assertThat(Decoding.thumbprint(CertificateEncoding.XFCC, field, 1)).isNotEqualTo(CLIENT);
    assertThat(Decoding.thumbprint(CertificateEncoding.XFCC, field, 4)).isNull();
    assertThat(Decoding.thumbprint(CertificateEncoding.XFCC, "Hash=" + HASH, 2)).isNull();
  }

  @Test
  void aQuotedNameMakesNeitherAnElementNorAPair_T13() {
    String hash = "Hash=" + HASH;
    assertThat(read(hash + ";Subject=\"a,b;Cert=\\\"x\\\"\"")).isEqualTo(CLIENT);
    assertThat(read(hash + ";Subject=\"CN=x," + FORGED + "\"")).isEqualTo(CLIENT);
    assertThat(read(hash + ";Subject=\"CN=x\\\"," + FORGED + ",Subject=\\\"\"")).isEqualTo(CLIENT);
    assertThat(read(hash + ";Subject=\"CN=x\\\\\";URI=spiffe://a/b")).isEqualTo(CLIENT);
    assertThat(read(hash + ";Subject=\"\"")).isEqualTo(CLIENT);
  }

  @Test
  void whatIsNotQuotedToTheEndIsRefused_T13() {
    String hash = "Hash=" + HASH;
    for (String rest :
        new String[] {
          ";Subject=\"a",
          ";Subject=\"a\\",
          ";Subject=\"a\\\"",
          ";Subject=\"a\"b",
          ";Subject=a\"b\"",
          ";",
          ",",
          ",,",
          ";;By=a",
          ";By",
          ";=a",
          "; By=a",
          ";By=a b",
          ";By=\u00e9",
          ";B y=a",
          ";By=a\\,b",
          ";Subject=\"a\tb\"",
          ";" + "k".repeat(33) + "=a",
        }) {
      assertThat(read(hash + rest)).as(rest).isNull();
    }
    assertThat(read("," + hash)).isNull();
    assertThat(read("")).isNull();
  }

  @Test
  void aKeyThatNamesTheCertificateOccursOnce_T14() {
    String hash = "Hash=" + HASH;
    assertThat(read(hash + ";" + hash)).isNull();
    assertThat(read(hash + ";hAsH=" + HASH)).isNull();
    assertThat(read(ONE + ";Cert=\"" + CERT + "\"")).isNull();
    assertThat(read(hash + ";Subject=\"a\";Subject=\"b\"")).isNull();
    assertThat(read(hash + "," + hash)).isEqualTo(CLIENT); // each element has its own
    assertThat(read(hash + ";DNS=a;DNS=b;By=c;By=d;URI=e;URI=f")).isEqualTo(CLIENT);
  }

  @Test
  void aDuplicateInAnyElementRefusesTheField_T14() {
    assertThat(read(FORGED + ";" + FORGED + "," + ONE)).isNull();
  }

  @Test
  void hashAndCertificateMustAgree() {
    assertThat(read("Cert=\"" + CERT + "\"")).isEqualTo(CLIENT);
    assertThat(read("hash=" + HASH + ";CERT=\"" + CERT + "\"")).isEqualTo(CLIENT);
    assertThat(read(FORGED + ";Cert=\"" + CERT + "\"")).isNull();
    assertThat(read("Hash=" + HASH + ";Cert=\"x\"")).isNull();
    assertThat(read("Hash=" + HASH + ";Cert=\"\"")).isNull();
    assertThat(read("Hash=" + HASH + ";Cert=")).isNull();
  }

  @Test
  void anElementWithoutACertificateIsRefused() {
    assertThat(read("By=spiffe://a;URI=spiffe://b")).isNull();
    assertThat(read("Hash=00")).isNull();
    assertThat(read("Hash=")).isNull();
    assertThat(read("Hash=" + HASH + ";Unknown=x")).isEqualTo(CLIENT);
  }

  @Test
  void thereIsAnEndToElements() {
    assertThat(read((FORGED + ",").repeat(63) + ONE)).isEqualTo(CLIENT);
    assertThat(read((FORGED + ",").repeat(64) + ONE)).isNull();
  }
}
