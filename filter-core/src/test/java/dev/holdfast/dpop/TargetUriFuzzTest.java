package dev.holdfast.dpop;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text: it has a normal form, which is its own, or none; nothing is thrown. */
class TargetUriFuzzTest {

  static byte[][] seeds() {
    return new byte[][] {
      "https://API.example:443/a/../%7eb;c?d#e".getBytes(StandardCharsets.US_ASCII),
      "http://[::ffff:10.0.0.1]:8080".getBytes(StandardCharsets.US_ASCII),
      "https://a/%2e%2e/.././..".getBytes(StandardCharsets.US_ASCII),
      "https://user@a:99999/%".getBytes(StandardCharsets.US_ASCII),
      new byte[0],
    };
  }

  @MethodSource("seeds")
  @FuzzTest
  void aTextHasOneNormalFormOrNone(byte[] input) {
    TargetUri target = TargetUri.of(new String(input, StandardCharsets.ISO_8859_1));
    if (target != null && !target.equals(TargetUri.of(target.text()))) {
      throw new AssertionError("the normal form has another normal form");
    }
  }
}
