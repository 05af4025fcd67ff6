package dev.holdfast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class Sha256DigestTest {
  private static final String RFC7638_KEY =
      "{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx"
          + "4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBX"
          + "Arwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL"
          + "5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF4"
          + "4-csFCur-kEgU8awapJzKnqDKgw\"}";

  @Test
  void theExampleOfRfc7638Section31() {
    assertThat(Sha256Digest.of(RFC7638_KEY.getBytes(UTF_8)).toBase64Url())
        .isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  }

  @Test
  void theTextFormIsReadBack() {
    for (int i = 0; i < 200; i++) {
      Sha256Digest digest = Sha256Digest.of(new byte[] {(byte) i});
      assertThat(digest.toBase64Url()).hasSize(43);
      assertThat(Sha256Digest.parse(digest.toBase64Url())).contains(digest);
    }
  }

  @Test
  void onlyTheCanonicalSpellingOfTheLastCharacterIsRead_T32() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String start = Sha256Digest.of(new byte[0]).toBase64Url().substring(0, 42);
    for (int i = 0; i < alphabet.length(); i++) {
      assertThat(Sha256Digest.parse(start + alphabet.charAt(i)).isPresent()).isEqualTo(i % 4 == 0);
    }
  }

  @Test
  void anyBitMakesAnotherDigest_T38() {
    byte[] bytes = Base64.getUrlDecoder().decode("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    Sha256Digest digest = Sha256Digest.ofBytes(bytes, 0);
    for (int bit = 0; bit < 256; bit++) {
      byte[] other = bytes.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Sha256Digest.ofBytes(other, 0)).isNotEqualTo(digest);
    }
    assertThat(Sha256Digest.ofBytes(bytes.clone(), 0)).isEqualTo(digest).hasSameHashCodeAs(digest);
    assertThat(digest).isNotEqualTo(null).isNotEqualTo("text");
  }

  @Test
  void theBytesAreTakenFromTheOffsetAndCopied() {
    byte[] bytes = new byte[40];
    Arrays.fill(bytes, 3, 35, (byte) 7);
    Sha256Digest digest = Sha256Digest.ofBytes(bytes, 3);
    bytes[3] = 0;

    byte[] sevens = new byte[32];
    Arrays.fill(sevens, (byte) 7);
    assertThat(digest).isEqualTo(Sha256Digest.ofBytes(sevens, 0));
  }

  @Test
  void fewerThan32BytesAreNoDigest() {
    assertThatIllegalArgumentException().isThrownBy(() -> Sha256Digest.ofBytes(new byte[31], 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Sha256Digest.ofBytes(new byte[33], 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Sha256Digest.ofBytes(new byte[33], -1));
  }

  @Test
  void aLogShowsEightCharactersOnly() {
    assertThat(Sha256Digest.of(RFC7638_KEY.getBytes(UTF_8))).hasToString("NzbLsXh8…");
  }
}
