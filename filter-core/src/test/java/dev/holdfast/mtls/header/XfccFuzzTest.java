package dev.holdfast.mtls.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.Sha256Digest;
import dev.holdfast.mtls.FuzzSeeds;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: a certificate is read, or the field is refused; never anything else. */
class XfccFuzzTest {

  static byte[][] seeds() {
    return FuzzSeeds.xfcc();
  }

  @MethodSource("seeds")
  @FuzzTest
  void aFieldIsElementsOrRefused(byte[] input) {
    String value = new String(input, ISO_8859_1);
    Decoding.thumbprint(CertificateEncoding.XFCC, value);
    Decoding.thumbprint(CertificateEncoding.XFCC, value, 2);
  }

  /** The bytes are names in the client's certificate, and a header that the client sent. */
  @MethodSource("seeds")
  @FuzzTest
  void namesInACertificateNeverNameAnother_C18(byte[] input) {
    String hash = "ab".repeat(32);
    String value = new String(input, ISO_8859_1);
    int middle = value.length() / 2;
    String own = "By=spiffe://a/b;Hash=" + hash + ";URI=";
    for (String field :
        new String[] {
          own + value,
          own + value.substring(0, middle) + ";DNS=" + value.substring(middle),
          value.substring(0, middle) + "," + own + value.substring(middle)
        }) {
      Sha256Digest read = Decoding.thumbprint(CertificateEncoding.XFCC, field);
      if (read != null) {
        assertThat(read).isEqualTo(Decoding.thumbprint(CertificateEncoding.SHA256_HEX, hash));
      }
    }
  }
}
