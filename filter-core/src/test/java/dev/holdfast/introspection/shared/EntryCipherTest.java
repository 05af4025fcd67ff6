package dev.holdfast.introspection.shared;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Sha256Digest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is made under one name by one key opens under that name by that key, and no other way. */
class EntryCipherTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] KEY = new byte[32];
  private static final byte[] CONTENT = "what the issuer said".getBytes(US_ASCII);
  private static final Sha256Digest TOKEN = Sha256Digest.of("token".getBytes(US_ASCII));

  private final EntryCipher cipher = new EntryCipher(KEY, "realm", RANDOM);
  private final String name = cipher.name(TOKEN);

  @Test
  void whatWasSealedOpens() {
    byte[] sealed = cipher.seal(name, CONTENT);
    assertThat(cipher.open(name, sealed)).isEqualTo(CONTENT);
    assertThat(new EntryCipher(KEY, "realm", RANDOM).open(name, sealed)).isEqualTo(CONTENT);
    assertThat(cipher.isOfOthers(sealed)).isFalse();
    assertThat(new String(sealed, US_ASCII)).doesNotContain("issuer");
  }

  @Test
  void noByteOfItMayBeAnotherOne() {
    byte[] sealed = cipher.seal(name, CONTENT);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(cipher.open(name, changed)).as("byte %d", i).isNull();
      assertThat(cipher.open(name, Arrays.copyOf(sealed, i))).as("%d bytes", i).isNull();
    }
    assertThat(cipher.open(name, Arrays.copyOf(sealed, sealed.length + 1))).isNull();
  }

  @Test
  void anEntryUnderAnotherNameDoesNotOpen() {
    byte[] sealed = cipher.seal(name, CONTENT);
    String other = cipher.name(Sha256Digest.of("other".getBytes(US_ASCII)));
    assertThat(cipher.open(other, sealed)).isNull();
    assertThat(cipher.isOfOthers(sealed)).as("it is forged").isFalse();
  }

  @Test
  void anEntryOfAnotherKeyOrRealmIsNotOurs() {
    byte[] another = KEY.clone();
    another[31] = 1;
    for (EntryCipher other :
        new EntryCipher[] {
          new EntryCipher(another, "realm", RANDOM), new EntryCipher(KEY, "other", RANDOM)
        }) {
      byte[] sealed = other.seal(name, CONTENT);
      assertThat(cipher.open(name, sealed)).isNull();
      assertThat(cipher.isOfOthers(sealed)).isTrue();
      assertThat(other.name(TOKEN)).isNotEqualTo(name);
    }
  }

  @Test
  void anEntryOfAnotherVersionIsNotOurs() {
    byte[] sealed = cipher.seal(name, CONTENT);
    sealed[0] = 2;
    assertThat(cipher.open(name, sealed)).isNull();
    assertThat(cipher.isOfOthers(sealed)).isTrue();
  }

  @Test
  void theNameIsNotTheDigest() {
    assertThat(name).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(TOKEN.toBase64Url());
  }

  @Test
  void theSameContentNeverLooksTheSame() {
    assertThat(cipher.seal(name, CONTENT)).isNotEqualTo(cipher.seal(name, CONTENT));
  }
}
