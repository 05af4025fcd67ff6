package dev.holdfast.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

class CompanionFuzzTest {

  /** Whatever the bytes, nothing escapes, and what is read has one spelling. */
  @FuzzTest
  void anyTextIsACompanionOrNone(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Optional<Companion> read = Companion.parse(text);
    assertThat(read.map(Companion::text).orElse(text)).isEqualTo(text);
  }
}
