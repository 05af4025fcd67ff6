package dev.holdfast.mtls.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.mtls.FuzzSeeds;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: a certificate is read, or the field is refused; never anything else. */
class PercentEncodedPemFuzzTest {

  static byte[][] seeds() {
    return FuzzSeeds.percentEncodedPem();
  }

  @MethodSource("seeds")
  @FuzzTest
  void aTextIsCertificatesOrRefused(byte[] input) {
    String value = new String(input, ISO_8859_1);
    Decoding.thumbprint(CertificateEncoding.ESCAPED_PEM_CHAIN, value);
  }
}
