package dev.holdfast.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick look at eight characters and the table, beside a pattern that says it in a line. */
class Token68Test {
  private static final Pattern TOKEN68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*");
  private static final String PREFIX = "Bearer ";

  private static void assertReadAsThePatternDoes(String text) {
    boolean read = TokenDigester.digest(PREFIX + text, PREFIX.length(), (bytes, at) -> 1) != null;
    if (read != TOKEN68.matcher(text).matches()) { // AssertJ is slow a million times
      fail("read: " + read + ", length " + text.length() + ", " + text.chars().boxed().toList());
    }
  }

  /** Beyond Latin-1 there are characters whose low byte is a letter's. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 19})
  void everyCharacterAtEveryPlaceIsReadAsThePatternDoes_T23(int length) {
    char[] text = "x".repeat(length).toCharArray();
    for (int place = 0; place < length; place++) {
      for (int character = 0; character <= 0xFFFF; character++) {
        text[place] = (char) character;
        assertReadAsThePatternDoes(new String(text));
      }
      text[place] = 'x';
    }
  }

  @Test
  void everyLengthIsReadAsThePatternDoes_T23() {
    Random random = new Random(23);
    for (int length = 0; length <= 64; length++) {
      for (int round = 0; round < 2_000; round++) {
        char[] text = "_".repeat(length).toCharArray();
        for (int changes = random.nextInt(4); length > 0 && changes > 0; changes--) {
          text[random.nextInt(length)] = (char) random.nextInt(0x180);
        }
        for (int end = length - random.nextInt(4); end < length && end >= 0; end++) {
          text[end] = '=';
        }
        assertReadAsThePatternDoes(new String(text));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4095, 4096, 4097, 16384})
  void aLongTokenIsReadToItsEnd_T23(int length) {
    assertReadAsThePatternDoes("x".repeat(length));
    assertReadAsThePatternDoes("x".repeat(length - 1) + ' ');
    assertReadAsThePatternDoes("x".repeat(length - 1) + '\u0141');
  }

  @Test
  void nothingIsDigestedThatIsNoToken68_T23() {
    AtomicInteger digested = new AtomicInteger();

    TokenDigester.digest("abc\u0141", 0, (bytes, at) -> digested.incrementAndGet());
    TokenDigester.digest("abcdefgh\u0141", 0, (bytes, at) -> digested.incrementAndGet());

    assertThat(digested).hasValue(0);
  }
}
