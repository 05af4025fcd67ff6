package dev.holdfast.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("verify")
class TokenDigesterTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
  private static final String TEXT = text();

  private static String text() {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 6000; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static byte[] pooled(String text, int start) {
    byte[] digest =
        TokenDigester.digest(
            text, start, (bytes, offset) -> Arrays.copyOfRange(bytes, offset, offset + 32));
    if (digest == null) {
      throw new AssertionError("not a token68");
    }
    return digest;
  }

  private static byte[] plain(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itIsSha256AtEveryLengthAndStart() {
    for (int length = 1; length <= 5000; length++) {
      String text = TEXT.substring(0, length);
      if (!Arrays.equals(pooled(text, 0), plain(text))) { // AssertJ is slow 5,000 times
        fail("length " + length);
      }
    }
    for (int start : new int[] {1, 7, 1023, 1024, 1025, 4096, 5999}) {
      assertThat(pooled(TEXT, start)).as("start %d", start).isEqualTo(plain(TEXT.substring(start)));
    }
  }

  @Test
  void everyAsciiTextHasItsDigest() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 6000; i++) {
      text.append((char) (i % 128));
    }
    for (int length : new int[] {0, 1, 7, 8, 9, 127, 128, 4095, 4096, 4097, 6000}) {
      String start = text.substring(0, length);
      assertThat(ascii(start)).as("length %d", length).isEqualTo(plain(start));
    }
  }

  @Test
  void whatIsNotAsciiHasNone() {
    for (int length : new int[] {1, 8, 100, 4096, 5000}) {
      for (int at : new int[] {0, length / 2, length - 1}) {
        for (char stranger : new char[] {'\u0080', '\u00ff', '\u0141', '\uff21', '\ud800'}) {
          StringBuilder text = new StringBuilder("A".repeat(length));
          text.setCharAt(at, stranger);
          assertThat(ascii(text.toString())).as("%d of %d", at, length).isNull();
        }
      }
    }
  }

  private static byte @Nullable [] ascii(String text) {
    return TokenDigester.digestAscii(
        text, (bytes, offset) -> Arrays.copyOfRange(bytes, offset, offset + 32));
  }

  @Test
  void manyThreadsGetTheirOwnDigests() {
    byte[][] expected =
        IntStream.range(0, 3000).mapToObj(i -> plain(TEXT.substring(i))).toArray(byte[][]::new);

    assertThat(
            IntStream.range(0, 60_000)
                .parallel()
                .allMatch(i -> Arrays.equals(pooled(TEXT, i % 3000), expected[i % 3000])))
        .isTrue();
  }

  @Test
  void aReaderMayDigestAnotherTextMeanwhile() {
    byte[] inner = TokenDigester.digest("outer", 0, (bytes, offset) -> pooled("inner", 0));

    assertThat(inner).isEqualTo(plain("inner"));
    assertThat(pooled("outer", 0)).isEqualTo(plain("outer"));
  }

  @Test
  void noPieceOfATokenStaysInTheBuffer_T91() {
    for (int length : new int[] {1, 31, 32, 33, 1023, 1024, 1025, 4095, 4096, 4097}) {
      AtomicReference<byte[]> buffer = new AtomicReference<>();
      TokenDigester.digest(
          TEXT.substring(0, length),
          0,
          (bytes, offset) -> {
            buffer.set(bytes);
            return "";
          });
      assertThat(buffer.get()).containsOnly(0);
    }
  }

  @Test
  void aFailureLeavesNothingBehind() {
    AtomicReference<byte[]> buffer = new AtomicReference<>();
    assertThatThrownBy(
            () ->
                TokenDigester.digest(
                    "secret",
                    0,
                    (bytes, offset) -> {
                      buffer.set(bytes);
                      throw new IllegalStateException("reader");
                    }))
        .hasMessage("reader");

    assertThat(buffer.get()).containsOnly(0);
    assertThat(pooled("next", 0)).isEqualTo(plain("next"));
  }
}
