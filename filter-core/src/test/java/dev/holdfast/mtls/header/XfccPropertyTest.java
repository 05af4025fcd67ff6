package dev.holdfast.mtls.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Sha256Digest;
import dev.holdfast.mtls.Capture;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
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

  /** Pieces of Envoy's syntax with another's hash, and any other character between them. */
  @Provide
  Arbitrary<String> forging() {
    String other = "0".repeat(64);
    Arbitrary<String> piece =
        Arbitraries.of(
            "Hash=" + other,
            "Hash=" + other + ";Subject=\"",
            "hash=",
            other,
            "Cert=",
            "By=",
            "URI=",
            "DNS=",
            "Subject=",
            "Chain=");
    Arbitrary<String> separator =
        Arbitraries.of(",", ";", "=", "\"", "\\", ",\"", ";\"", "\",", "\";");
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(2);
    return Arbitraries.frequencyOf(Tuple.of(4, piece), Tuple.of(5, separator), Tuple.of(1, any))
        .list()
        .ofMaxSize(10)
        .map(parts -> String.join("", parts));
  }

  /** In Envoy's order; null is a pair that is not forwarded. */
  private static String element(String hash, String subject, List<String> uris, List<String> dns) {
    StringBuilder element = new StringBuilder("By=spiffe://a/proxy;Hash=").append(hash);
    if (subject != null) {
      element.append(";Subject=").append(quoted(subject));
    }
    uris.forEach(uri -> element.append(";URI=").append(uri));
    dns.forEach(name -> element.append(";DNS=").append(name));
    return element.toString();
  }

  @Property(tries = 5000)
  void whateverACertificatesNamesAreTheHashIsTheProxys_C18(
      @ForAll boolean withSubject,
      @ForAll @Size(max = 2) List<@From("forging") String> uris,
      @ForAll @Size(max = 2) List<@From("forging") String> dns,
      @ForAll @IntRange(min = 1, max = 3) int proxies,
      @ForAll @IntRange(min = 1, max = 3) int hops) {
    String next = "," + element("11".repeat(32), null, List.of("spiffe://a/b"), List.of());
    String field = element(HASH, withSubject ? "CN=x" : null, uris, dns) + next.repeat(proxies - 1);

    assertThat(Decoding.thumbprint(CertificateEncoding.XFCC, field, hops)).isIn(CLIENT, null);
  }

  /** A proxy that appends although it is the first: the client's own header stands before. */
  @Property(tries = 5000)
  void norDoesAHeaderOfTheClientsHelpThem_C18(
      @ForAll("forging") String header,
      @ForAll boolean withSubject,
      @ForAll @Size(max = 2) List<@From("forging") String> uris,
      @ForAll @Size(max = 2) List<@From("forging") String> dns) {
    String field = header + "," + element(HASH, withSubject ? "CN=x" : null, uris, dns);

    assertThat(Decoding.thumbprint(CertificateEncoding.XFCC, field)).isIn(CLIENT, null);
  }
}
