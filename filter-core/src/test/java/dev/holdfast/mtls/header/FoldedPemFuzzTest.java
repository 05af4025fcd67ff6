package dev.holdfast.mtls.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.mtls.FuzzSeeds;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: a certificate is read, or the field is refused; never anything else. */
class FoldedPemFuzzTest {

  static byte[][] seeds() {
    return FuzzSeeds.foldedPem();
  }

  @MethodSource("seeds")
  @FuzzTest
  void aTextIsOneCertificateOrRefused(byte[] input) {
    String value = new String(input, ISO_8859_1);
    Decoding.thumbprint(CertificateEncoding.NGINX_PEM, value);
  }
}
