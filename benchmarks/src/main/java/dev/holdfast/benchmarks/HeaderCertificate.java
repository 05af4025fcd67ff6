package dev.holdfast.benchmarks;

import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import dev.holdfast.ProofVerifier;
import dev.holdfast.RequestEvidence;
import dev.holdfast.mtls.ClientCertificateVerifier;
import dev.holdfast.mtls.HeaderCertificateVerifier;
import dev.holdfast.mtls.header.CertificateHeader;
import dev.holdfast.mtls.header.CertificateHeaderFormat;
import dev.holdfast.mtls.header.CertificateHeaderOptions;
import dev.holdfast.testing.KeyKind;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The proof of a certificate that has been seen before: from the TLS layer, and from nginx's
 * headers, verify header and all. The target: at most 2 µs between them, for 1 to 100,000 clients
 * in turn. Keys and signatures are RSA, whose certificates are long: a header of 1.2 kB.
 *
 * <p>The header's text is made on both sides, just before the proof, as a container makes it from
 * what has arrived: texts that were laid up beforehand would be read from main memory, which never
 * happens to a request.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HeaderCertificate {
  private static final String PEM_HEAD = "-----BEGIN CERTIFICATE-----\n";

  /** Inside of it, and where a group of base64 begins. */
  private static final int SERIAL_NUMBER = 18;

  private static final int AFTER_SERIAL_NUMBER = 24;

  /** How many clients. */
  @Param({"1", "1000", "100000"})
  public int count;

  private final PresentedToken token = PresentedToken.of(PresentedToken.Scheme.BEARER, "abc");
  private final ProofVerifier fromTls = new ClientCertificateVerifier();
  private final ProofVerifier fromHeader =
      new HeaderCertificateVerifier(
          new CertificateHeader(CertificateHeaderOptions.of(CertificateHeaderFormat.NGINX)));
  private X509Certificate[] certificates = {};
  private String[] serialNumbers = {};
  private String before = "";
  private String after = "";
  private int next;

  /** One certificate with as many serial numbers: nobody looks at the signature. */
  @Setup
  public void warm() throws GeneralSecurityException {
    byte[] der =
        ThrowAwayPki.create(KeyKind.RSA)
            .clientCertificate("CN=payments-app")
            .certificate()
            .getEncoded();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    certificates = new X509Certificate[count];
    serialNumbers = new String[count];
    for (int i = 0; i < count; i++) {
      ByteBuffer.wrap(der).putInt(SERIAL_NUMBER + 2, i);
      certificates[i] =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
      String text = escapedPem(der);
      before = text.substring(0, escaped(PEM_HEAD + base64(der, 0, SERIAL_NUMBER)).length());
      serialNumbers[i] = escaped(base64(der, SERIAL_NUMBER, AFTER_SERIAL_NUMBER));
      after = text.substring(before.length() + serialNumbers[i].length());
    }
    for (int i = 0; i < count; i++) {
      ProxiedRequest request = request();
      proven(fromTls, request);
      proven(fromHeader, request);
    }
  }

  private static String escapedPem(byte[] der) {
    return escaped(PEM_HEAD + base64(der, 0, der.length) + "\n-----END CERTIFICATE-----\n");
  }

  private static String base64(byte[] der, int from, int to) {
    return Base64.getMimeEncoder(64, new byte[] {'\n'})
        .encodeToString(Arrays.copyOfRange(der, from, to));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.US_ASCII).replace("+", "%20");
  }

  /** The connection's own certificate. */
  @Benchmark
  public Proof tls() {
    return proven(fromTls, request());
  }

  /** The certificate in the proxy's headers. */
  @Benchmark
  public Proof header() {
    return proven(fromHeader, request());
  }

  private ProxiedRequest request() {
    int current = next;
    next = current + 1 == count ? 0 : current + 1;
    return new ProxiedRequest(
        certificates[current], List.of(before + serialNumbers[current] + after));
  }

  private Proof.Proven proven(ProofVerifier verifier, RequestEvidence request) {
    if (verifier.prove(request, token) instanceof Proof.Proven proven) {
      return proven;
    }
    throw new IllegalStateException("a rightful client was refused");
  }

  /** Both ways at once. */
  private record ProxiedRequest(X509Certificate clientCertificate, List<String> certificate)
      implements PlainRequest {
    private static final List<String> VERIFIED = List.of("SUCCESS");

    @Override
    public List<String> headers(String name) {
      return switch (name) {
        case "X-SSL-Cert" -> certificate;
        case "X-SSL-Client-Verify" -> VERIFIED;
        default -> List.of();
      };
    }

    @Override
    public boolean fromTrustedProxy() {
      return true;
    }
  }
}
