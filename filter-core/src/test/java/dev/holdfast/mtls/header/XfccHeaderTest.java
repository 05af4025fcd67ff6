package dev.holdfast.mtls.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Sha256Digest;
import dev.holdfast.mtls.Capture;
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

  private static Sha256Digest read(String field, int hops) {
    return Decoding.thumbprint(CertificateEncoding.XFCC, field, hops);
  }

  @Test
  void moreElementsThanTrustedProxiesAreRefused_T12_C18() {
    assertThat(read(ONE)).isEqualTo(CLIENT);
    assertThat(read(FORGED + "," + ONE)).isNull();
    assertThat(read(ONE + "," + FORGED)).isNull();
    assertThat(read(FORGED + "," + FORGED + "," + ONE)).isNull();
  }

  @Test
  void behindTwoProxiesTheFirstElementIsTheClients_T12_C18() {
    String field = "Hash=" + HASH + ",Hash=" + "11".repeat(32);

    assertThat(read(field, 2)).isEqualTo(CLIENT);
    assertThat(read(field, 1)).isNull();
    assertThat(read(field, 3)).isNull();
    assertThat(read(FORGED + "," + field, 2)).isNull();
    assertThat(read("Hash=" + HASH, 2)).isNull();
  }

  @Test
  void aNameThatEnvoyDoesNotQuoteMakesNoElement_C18() {
    String own = "By=spiffe://a/b;Hash=" + HASH + ";Cert=\"" + CERT + "\";Subject=\"\"";
    for (String key : new String[] {"URI", "DNS"}) {
      assertThat(read(own + ";" + key + "=spiffe://x/a," + FORGED)).isNull();
      assertThat(read(own + ";" + key + "=spiffe://x/a,by=b;" + FORGED)).isNull();
      assertThat(read("By=spiffe://a/b;Hash=" + HASH + ";" + key + "=x," + FORGED)).isNull();
    }
  }

  @Test
  void aNameThatEnvoyDoesNotQuoteMakesNoPair_C18() {
    String own = "By=spiffe://a/b;Subject=\"\"";
    assertThat(read(own + ";URI=x;" + FORGED)).isNull();
    assertThat(read(own + ";URI=x;Hash=" + HASH)).isNull();
    assertThat(read(own + ";DNS=x;Cert=\"" + CERT + "\"")).isNull();
    assertThat(read("Hash=" + HASH + ";URI=x;Cert=\"" + CERT + "\"")).isNull();
    assertThat(read("Hash=" + HASH + ";URI=\"x\";Unknown=x")).isNull();
  }

  @Test
  void aSeparatorInANameIsPartOfIt_C19() {
    String hash = "Hash=" + HASH;
    assertThat(read("By=urn:a:svc(grpc;None;i001);" + hash)).isEqualTo(CLIENT);
    assertThat(read("By=urn:a,b=c,d;By=urn:e;" + hash)).isEqualTo(CLIENT);
    assertThat(read("By=;;a=;" + hash)).isEqualTo(CLIENT);
    assertThat(read(hash + ";URI=urn:a(b;c),d=e,;DNS=f")).isEqualTo(CLIENT);
    assertThat(read("By=urn:a;b;" + hash + ",By=urn:c;d;" + FORGED, 2)).isEqualTo(CLIENT);
  }

  /** A header of the client's, to which the proxy appends, and a name of the client's. */
  @Test
  void aQuoteThatANameClosesHidesNoElement_C18() {
    String forged = "Hash=" + HASH;
    for (String key : new String[] {"Subject", "Unknown", "URI", "By"}) {
      String opened = forged + ";" + key + "=\"";
      assertThat(read(opened + ",By=b;" + FORGED + ";URI=\"")).isNull();
      assertThat(read(opened + ",By=b;" + FORGED + ";dns=x\";URI=y")).isNull();
      assertThat(read(opened + ",By=b;" + FORGED + ";URI=\",By=c;" + FORGED, 2)).isNull();
    }
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
    assertThat(read(hash + "," + hash, 2)).isEqualTo(CLIENT); // each element has its own
    assertThat(read(hash + ";DNS=a;DNS=b;By=c;By=d;URI=e;URI=f")).isEqualTo(CLIENT);
  }

  @Test
  void aDuplicateInAnyElementRefusesTheField_T14() {
    assertThat(read(ONE + "," + FORGED + ";" + FORGED, 2)).isNull();
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
    assertThat(read(ONE + ("," + FORGED).repeat(15), 16)).isEqualTo(CLIENT);
    assertThat(read(ONE + ("," + FORGED).repeat(16), 16)).isNull();
  }
}
