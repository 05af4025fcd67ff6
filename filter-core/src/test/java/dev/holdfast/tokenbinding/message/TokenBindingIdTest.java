package dev.holdfast.tokenbinding.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Sha256Digest;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.tokenbinding.ProxyValue;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBindingIdTest {

  private static String refusal(byte[] id) {
    try {
      TokenBindingId.parse(id);
      return null;
    } catch (RefusedTokenBindingException refused) {
      return refused.rule();
    }
  }

  private static byte[] id(int keyParameters, byte[] key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(keyParameters);
    out.write(key.length >>> 8);
    out.write(key.length);
    out.writeBytes(key);
    return out.toByteArray();
  }

  private static byte[] rsa(byte[] modulus, int... exponent) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(modulus.length >>> 8);
    out.write(modulus.length);
    out.writeBytes(modulus);
    out.write(exponent.length);
    for (int b : exponent) {
      out.write(b);
    }
    return id(TokenBindingKey.RSA2048_PSS, out.toByteArray());
  }

  private static byte[] modulus() {
    return Arrays.copyOfRange(Keys.PSS.id(), 5, 5 + 256);
  }

  private static byte[] point() {
    return Arrays.copyOfRange(Keys.EC.id(), 4, 68);
  }

  private static byte[] ec(int lengthByte, byte[] coordinates) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(lengthByte);
    out.writeBytes(coordinates);
    return id(TokenBindingKey.ECDSAP256, out.toByteArray());
  }

  @Test
  void itsNameIsTheDigestOfTheBytesAsReceived_T73() throws Exception {
    for (TokenBindingKey key : Keys.ALL) {
      TokenBindingId id = TokenBindingId.parse(key.id());

      assertThat(id.bytes()).isEqualTo(key.id());
      assertThat(id.tbh()).isEqualTo(key.tbh());
      assertThat(id.digest()).isEqualTo(Sha256Digest.of(key.id()));
      assertThat(id.toBase64Url()).isEqualTo(key.encodedId());
      assertThat(id.keyParametersValue()).isEqualTo(key.keyParameters());
      assertThat(id).isEqualTo(TokenBindingId.parse(key.id()));
      assertThat(id).hasSameHashCodeAs(TokenBindingId.parse(key.id()));
      assertThat(id.toString()).contains(key.tbh().substring(0, 8)).hasSizeLessThan(60);
    }
    assertThat(TokenBindingId.parse(Keys.EC.id()))
        .isNotEqualTo(TokenBindingId.parse(Keys.OTHER_EC.id()));
  }

  @Test
  void aPointHas64BytesAndTheKeyLengthSaysSo_T69() {
    byte[] point = point();

    assertThat(refusal(ec(64, point))).isNull();
    assertThat(refusal(ec(63, Arrays.copyOf(point, 63)))).isEqualTo("a point has 64 bytes");
    assertThat(refusal(ec(65, Arrays.copyOf(point, 65)))).isEqualTo("a point has 64 bytes");
    assertThat(refusal(ec(64, Arrays.copyOf(point, 65))))
        .isEqualTo("the key length is not that of the key");
    assertThat(refusal(ec(64, Arrays.copyOf(point, 63)))).isNotNull();
    assertThat(refusal(ec(0, new byte[0]))).isNotNull();
  }

  /** The uncompressed form of X9.62 begins with a 4, which Token Binding leaves out. */
  @Test
  void aPointInAnotherFormIsRefused_T69() {
    byte[] uncompressed = new byte[65];
    uncompressed[0] = 4;
    System.arraycopy(point(), 0, uncompressed, 1, 64);

    assertThat(refusal(ec(65, uncompressed))).isEqualTo("a point has 64 bytes");
  }

  @Test
  void aPointOffTheCurveIsRefused_T69() {
    byte[] off = point();
    off[63] ^= 1;
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 1);
    byte[] beyondTheField = new byte[64];
    Arrays.fill(beyondTheField, (byte) 0xff);

    assertThat(refusal(ec(64, off))).isEqualTo("the point is not on the curve");
    assertThat(refusal(ec(64, ones))).isEqualTo("the point is not on the curve");
    assertThat(refusal(ec(64, new byte[64]))).isEqualTo("the point is not on the curve");
    assertThat(refusal(ec(64, beyondTheField))).isEqualTo("the point is not on the curve");
  }

  /** x = 0 is on the curve; x = p is the same number, and would be a second ID of one key. */
  @Test
  void aCoordinateIsBelowTheField_T73() {
    byte[] zero =
        hex(
            "0000000000000000000000000000000000000000000000000000000000000000"
                + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4");
    byte[] field =
        hex(
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
                + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4");

    assertThat(refusal(ec(64, zero))).isNull();
    assertThat(refusal(ec(64, field))).isEqualTo("the point is not on the curve");
  }

  private static byte[] hex(String text) {
    return java.util.HexFormat.of().parseHex(text);
  }

  @Test
  void aModulusHasExactly2048BitsAndNoLeadingZero_T69() {
    byte[] modulus = modulus();
    byte[] withZero = new byte[257];
    System.arraycopy(modulus, 0, withZero, 1, 256);
    byte[] of2047Bits = modulus.clone();
    of2047Bits[0] &= 0x7f;
    byte[] even = modulus.clone();
    even[255] &= (byte) 0xfe;

    assertThat(refusal(rsa(modulus, 1, 0, 1))).isNull();
    assertThat(refusal(rsa(withZero, 1, 0, 1))).isEqualTo("a modulus has 256 bytes");
    assertThat(refusal(rsa(Arrays.copyOf(modulus, 255), 1, 0, 1)))
        .isEqualTo("a modulus has 256 bytes");
    assertThat(refusal(rsa(of2047Bits, 1, 0, 1))).isEqualTo("a modulus has 2048 bits");
    assertThat(refusal(rsa(even, 1, 0, 1))).isEqualTo("a modulus is odd");
    assertThat(refusal(rsa(new byte[1000], 1, 0, 1))).isEqualTo("a modulus has 256 bytes");
  }

  /**
   * Its modulus is the good one, made longer or shorter: to make keys of 4096 bits takes seconds.
   */
  @Test
  void otherKeySizesAreRefused_T69() throws Exception {
    assertThat(refusal(ofBits(2048).id())).isNull();
    for (int bits : new int[] {1024, 3072, 4096}) {
      assertThat(refusal(ofBits(bits).id())).isEqualTo("a modulus has 256 bytes");
    }
  }

  private static TokenBindingKey ofBits(int bits) throws GeneralSecurityException {
    BigInteger modulus = new BigInteger(1, modulus()).shiftLeft(bits - 2048).setBit(0);
    PublicKey key =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(modulus, RSAKeyGenParameterSpec.F4));
    return TokenBindingKey.of(TokenBindingKey.RSA2048_PKCS1_5, new KeyPair(key, null));
  }

  @Test
  void anExponentIsOddAtLeast3AndAtMost8BytesLong_T69() {
    byte[] modulus = modulus();
    int[] longest = {255, 255, 255, 255, 255, 255, 255, 255};

    assertThat(refusal(rsa(modulus, 3))).isNull();
    assertThat(refusal(rsa(modulus, longest))).isNull();
    assertThat(refusal(rsa(modulus, 1))).isEqualTo("an exponent is odd and at least 3");
    assertThat(refusal(rsa(modulus, 2))).isEqualTo("an exponent is odd and at least 3");
    assertThat(refusal(rsa(modulus, 1, 0, 0))).isEqualTo("an exponent is odd and at least 3");
    assertThat(refusal(rsa(modulus, 0, 1, 0, 1))).isEqualTo("an exponent has no leading zero byte");
    assertThat(refusal(rsa(modulus, 0))).isEqualTo("an exponent has no leading zero byte");
    assertThat(refusal(rsa(modulus))).isEqualTo("an exponent has 1 to 8 bytes");
    assertThat(refusal(rsa(modulus, Arrays.copyOf(longest, 9))))
        .isEqualTo("an exponent has 1 to 8 bytes");
  }

  @Test
  void aLengthThatIsNotThatOfTheKeyIsRefused_T66() {
    for (TokenBindingKey key : Keys.ALL) {
      byte[] id = key.id();
      byte[] longer = Arrays.copyOf(id, id.length + 1);

      assertThat(refusal(longer)).isEqualTo("the id has trailing bytes");
      longer[2]++;
      assertThat(refusal(longer)).isEqualTo("the key length is not that of the key");
      for (int length = 0; length < id.length; length++) {
        assertThat(refusal(Arrays.copyOf(id, length))).isNotNull();
      }
    }
  }

  @Test
  void anIdOf1200BytesIsReadAndALongerOneIsNot_T72() {
    assertThat(refusal(id(Keys.UNKNOWN_KEY_PARAMETERS, new byte[1197]))).isNull();
    assertThat(refusal(id(Keys.UNKNOWN_KEY_PARAMETERS, new byte[1198])))
        .isEqualTo("the id is longer than 1200 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void keyParametersHaveTheirRegisteredValuesAndNames(int value) {
    KeyParameters parameters = KeyParameters.ofValue(value).orElseThrow();

    assertThat(parameters.value()).isEqualTo(value);
    assertThat(parameters.propertyName())
        .isEqualTo(new String[] {"rsa2048_pkcs1.5", "rsa2048_pss", "ecdsap256"}[value]);
    assertThat(KeyParameters.ofPropertyName(parameters.propertyName())).contains(parameters);
  }

  @Test
  void whatIsNotRegisteredIsNotKnown() {
    assertThat(KeyParameters.ofValue(3)).isEmpty();
    assertThat(KeyParameters.ofValue(-1)).isEmpty();
    assertThat(KeyParameters.ofPropertyName("ECDSAP256")).isEmpty();
    assertThat(UnknownTypes.ofPropertyName("skip")).contains(UnknownTypes.SKIP);
    assertThat(UnknownTypes.ofPropertyName("verify")).contains(UnknownTypes.VERIFY);
    assertThat(UnknownTypes.ofPropertyName("none")).isEmpty();
    assertThat(ProxyValue.ofPropertyName("id")).contains(ProxyValue.ID);
    assertThat(ProxyValue.ofPropertyName("sha256")).contains(ProxyValue.SHA256);
    assertThat(ProxyValue.ofPropertyName("")).isEmpty();
  }
}
