package dev.holdfast.dpop;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.Proof;
import dev.holdfast.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text: it is a rejected proof, unless it is the one that was signed. */
class ProofFuzzTest {
  private static final DpopFixture DPOP = new DpopFixture(DpopFixture.ALL_ALGORITHMS);
  private static final ProofSpecimen SPECIMEN = ProofSpecimen.es256();
  private static final String SIGNED = SPECIMEN.text();

  static byte[][] seeds() {
    String header = JSONObjectUtils.toJSONString(SPECIMEN.header);
    String claims = JSONObjectUtils.toJSONString(SPECIMEN.claims);
    return new byte[][] {
      ascii(SIGNED),
      ascii(SIGNED + "="),
      ascii(header + "\n" + claims + "\nx"),
      ascii(header.replace("ES256", "RS256") + "\n" + claims + "\nx"),
      ascii(JSONObjectUtils.toJSONString(ProofSpecimen.of("PS256").header) + "\n{}\n"),
      ascii(JSONObjectUtils.toJSONString(ProofSpecimen.of("EdDSA").header) + "\n{}\n"),
      ascii("e30.e30.AAAA"),
      ascii(".."),
      new byte[0],
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @MethodSource("seeds")
  @FuzzTest
  void aTextIsRejectedUnlessItWasSigned(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    check(text);
    String[] lines = text.split("\n", 3); // the same, past base64url: header, claims, signature
    if (lines.length == 3) {
      check(part(lines[0]) + "." + part(lines[1]) + "." + part(lines[2]));
      check(part(lines[0]) + "." + part(lines[1]) + "." + "A".repeat(86));
    }
  }

  private static String part(String latin1) {
    return Base64Url.encode(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void check(String text) {
    if (DPOP.prove(ProofRequest.with(text)) instanceof Proof.Proven && !text.equals(SIGNED)) {
      throw new AssertionError("a proof that nobody signed");
    }
  }
}
