package dev.holdfast.mtls.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.mtls.FuzzSeeds;
import dev.holdfast.mtls.encoding.DerCertificate;
import dev.holdfast.mtls.encoding.UnreadableCertificateException;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: a certificate is read, or the field is refused; never anything else. */
class ByteSequenceFuzzTest {

  static byte[][] seeds() {
    return FuzzSeeds.byteSequence();
  }

  @MethodSource("seeds")
  @FuzzTest
  void aFieldIsOneByteSequenceOrRefused(byte[] input) {
    String value = new String(input, ISO_8859_1);
    Decoding.thumbprint(CertificateEncoding.BYTE_SEQUENCE, value);
    try {
      ClientCertChain.check(List.of(value), ":AAAA:");
    } catch (UnreadableCertificateException refused) {
      // declared
    }
    try {
      DerCertificate.read(input); // the same, past base64
    } catch (UnreadableCertificateException refused) {
      // declared
    }
  }
}
