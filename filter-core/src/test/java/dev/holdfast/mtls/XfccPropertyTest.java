package dev.holdfast.mtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Sha256Digest;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever a name in a certificate is, and whatever was there before, the proxy's word counts. */
class XfccPropertyTest {
  private static final Sha256Digest CLIENT = Capture.thumbprint("client");
  private static final String HASH =
      Capture.read("synthetic-cloudflare.txt").only("Cf-Client-Cert-Sha256");

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.strings().withChars(",;=\"\\ HashCert0".toCharArray()).ofMaxLength(60);
  }

  private static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @Property(tries = 1000)
  void aQuotedNameSaysNothing_T13(@ForAll("hostile") String name) {
    String element = "Hash=" + HASH + ";Subject=" + quoted(name) + ";DNS=" + quoted(name);

    assertThat(Decoding.thumbprint(CertificateEncoding.XFCC, element)).isEqualTo(CLIENT);
  }

  /** What a client sends before the proxy appends may spoil the request, and no more. */
  @Property(tries = 1000)
  void whatStandsBeforeIsNeverTheCertificate_T12(
      @ForAll @Size(max = 4) List<@From("hostile") String> before) {
    String field = String.join(",", before) + (before.isEmpty() ? "" : ",") + "Hash=" + HASH;

    assertThat(Decoding.thumbprint(CertificateEncoding.XFCC, field)).isIn(CLIENT, null);
  }
}
