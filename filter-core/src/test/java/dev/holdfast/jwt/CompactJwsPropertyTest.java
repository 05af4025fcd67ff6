package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.jwt.keys.KeySet;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CompactJwsPropertyTest {
  private static final String VALID = Specimen.es256().text();
  private static final KeySet KEYS = Specimen.allKeys();

  private static boolean isAccepted(String text) {
    try {
      CompactJws jws = CompactJws.read(text);
      SigningAlgorithm algorithm = SigningAlgorithm.named(jws.header().algorithm());
      return algorithm != null && KEYS.signed(algorithm, jws.header().keyId(), jws);
    } catch (UnacceptableJoseException refused) {
      return false;
    }
  }

  @Provide
  Arbitrary<Character> characters() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(
            8,
            Arbitraries.of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/= "
                    .chars()
                    .mapToObj(character -> (char) character)
                    .toList())),
        net.jqwik.api.Tuple.of(1, Arbitraries.chars()));
  }

  @Property(tries = 500)
  void anyOtherCharacterAnywhereIsRefused_T44(
      @ForAll @IntRange(max = 4095) int place, @ForAll("characters") char other) {
    int index = place % VALID.length();
    String changed = VALID.substring(0, index) + other + VALID.substring(index + 1);

    assertThat(isAccepted(changed)).isEqualTo(other == VALID.charAt(index));
  }

  @Property(tries = 300)
  void anyCharacterMoreIsRefused_T44(
      @ForAll @IntRange(max = 4095) int place, @ForAll("characters") char more) {
    int index = place % (VALID.length() + 1);

    assertThat(isAccepted(VALID.substring(0, index) + more + VALID.substring(index))).isFalse();
  }

  @Property(tries = 300)
  void anyCharacterLessIsRefused(@ForAll @IntRange(max = 4095) int place) {
    int index = place % VALID.length();

    assertThat(isAccepted(VALID.substring(0, index) + VALID.substring(index + 1))).isFalse();
  }

  @Property(tries = 300)
  void anyOtherSignatureBytesAreRefused(
      @ForAll @IntRange(max = 63) int place, @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] signature = Specimen.signatureOf(VALID);
    byte[] other = Arrays.copyOf(signature, signature.length);
    other[place] ^= (byte) flip;

    assertThat(isAccepted(Specimen.withSignature(VALID, other))).isFalse();
    assertThat(Base64Url.encode(signature)).isEqualTo(VALID.substring(VALID.lastIndexOf('.') + 1));
  }
}
