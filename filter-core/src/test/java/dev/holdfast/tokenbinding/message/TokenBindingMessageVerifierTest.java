package dev.holdfast.tokenbinding.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.internal.JwsSpecimen;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.testing.TokenBindingSpecimen;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBindingMessageVerifierTest {
  private static final KeyPair RSA_PAIR = JwsSpecimen.pair("RSA", 2048);
  private static final String PROVIDED_BAD = "the provided binding's signature does not hold";
  private static final String REFERRED_BAD = "the referred binding's signature does not hold";

  static Stream<TokenBindingKey> keys() {
    return Keys.ALL.stream();
  }

  private static VerifiedTokenBindings verified(
      TokenBindingKey key, TokenBindingSpecimen... bindings) throws RefusedTokenBindingException {
    return new TokenBindingMessageVerifier(UnknownTypes.VERIFY)
        .verify(
            TokenBindingMessage.parse(TokenBindingSpecimen.message(bindings)),
            Keys.connection(1, key));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aProvidedBindingOfEachKindIsProven(TokenBindingKey key) throws Exception {
    VerifiedTokenBindings verified = verified(key, Keys.provided(key));

    assertThat(verified.provided().tbh()).isEqualTo(key.tbh());
    assertThat(verified.referred()).isNull();
    assertThat(verified.toString()).contains(key.tbh().substring(0, 8)).hasSizeLessThan(120);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aReferredBindingMayBeOfAnotherKind(TokenBindingKey key) throws Exception {
    VerifiedTokenBindings verified = verified(Keys.EC, Keys.provided(Keys.EC), Keys.referred(key));
    VerifiedTokenBindings swapped = verified(Keys.EC, Keys.referred(key), Keys.provided(Keys.EC));

    assertThat(verified.provided().tbh()).isEqualTo(Keys.EC.tbh());
    assertThat(verified.referred().tbh()).isEqualTo(key.tbh());
    assertThat(swapped.referred()).isEqualTo(verified.referred());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aMessageOfAnotherConnectionIsRefused_T71(TokenBindingKey key) {
    TokenBindingSpecimen replayed = key.binding(0, Keys.ekm(2));

    assertThat(Keys.refusal(key, Keys.provided(key))).isNull();
    assertThat(Keys.refusal(key, replayed)).isEqualTo(PROVIDED_BAD);
    assertThat(Keys.refusal(Keys.EC, Keys.provided(Keys.EC), key.binding(1, Keys.ekm(2))))
        .isEqualTo(REFERRED_BAD);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void typeAndKeyParametersAreSigned_T71(TokenBindingKey key) {
    int parameters = key.keyParameters();
    TokenBindingSpecimen good = Keys.provided(key);

    assertThat(Keys.refusal(key, good.withSignature(key.sign(0, parameters, Keys.ekm(1)))))
        .isNull();
    assertThat(Keys.refusal(key, good.withSignature(key.sign(1, parameters, Keys.ekm(1)))))
        .isEqualTo(PROVIDED_BAD);
    assertThat(Keys.refusal(key, good.withSignature(key.sign(0, parameters + 1, Keys.ekm(1)))))
        .isEqualTo(PROVIDED_BAD);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void theSignatureOfAnotherKeyIsRefused(TokenBindingKey key) {
    TokenBindingKey other = TokenBindingKey.generate(key.keyParameters());
    byte[] foreign = other.sign(0, key.keyParameters(), Keys.ekm(1));

    assertThat(Keys.refusal(key, Keys.provided(key).withSignature(foreign)))
        .isEqualTo(PROVIDED_BAD);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aSignatureOfAnotherLengthIsRefused_T70(TokenBindingKey key) {
    TokenBindingSpecimen good = Keys.provided(key);
    int length = good.signature().length;
    byte[] padded = new byte[length + 2];
    System.arraycopy(good.signature(), 0, padded, 2, length);

    assertThat(length).isEqualTo(key == Keys.EC ? 64 : 256);
    for (int other : new int[] {length - 1, length + 1, 2 * length}) {
      assertThat(Keys.refusal(key, good.withSignature(Arrays.copyOf(good.signature(), other))))
          .isNotNull();
    }
    assertThat(Keys.refusal(key, good.withSignature(padded)))
        .isEqualTo("the signature's length is not that of its key");
  }

  @Test
  void aDerSignatureIsRefused_T70() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    TokenBindingKey key = TokenBindingKey.of(TokenBindingKey.ECDSAP256, pair);
    Signature der = Signature.getInstance("SHA256withECDSA");
    der.initSign(pair.getPrivate());
    der.update(new byte[] {0, 2});
    der.update(Keys.ekm(1));

    assertThat(Keys.refusal(key, Keys.provided(key))).isNull();
    assertThat(Keys.refusal(key, Keys.provided(key).withSignature(der.sign())))
        .isEqualTo("the signature's length is not that of its key");
  }

  /** 0 and the order are taken for good by some JDKs (CVE-2022-21449). */
  @Test
  void rAndSAreFrom1ToTheOrderLess1_T70() {
    BigInteger order =
        new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    TokenBindingSpecimen good = Keys.provided(Keys.EC);
    byte[] signature = good.signature();
    BigInteger r = new BigInteger(1, signature, 0, 32);
    BigInteger s = new BigInteger(1, signature, 32, 32);

    for (byte[] outOfRange :
        List.of(
            joined(BigInteger.ZERO, BigInteger.ZERO),
            joined(r, BigInteger.ZERO),
            joined(BigInteger.ZERO, s),
            joined(order, s),
            joined(r, order),
            joined(order, order))) {
      assertThat(Keys.refusal(Keys.EC, good.withSignature(outOfRange))).isEqualTo(PROVIDED_BAD);
    }
    // the other s of the same r is a good signature too: messages are compared whole, never by it
    assertThat(Keys.refusal(Keys.EC, good.withSignature(joined(r, order.subtract(s))))).isNull();
  }

  private static byte[] joined(BigInteger r, BigInteger s) {
    byte[] bytes = new byte[64];
    for (int i = 0; i < 32; i++) {
      bytes[31 - i] = r.shiftRight(8 * i).byteValue();
      bytes[63 - i] = s.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 31, 33})
  void aPssSignatureHasASaltOf32(int salt) throws Exception {
    assertThat(pss(MGF1ParameterSpec.SHA256, 32)).isNull();
    assertThat(pss(MGF1ParameterSpec.SHA256, salt)).isEqualTo(PROVIDED_BAD);
    assertThat(pss(MGF1ParameterSpec.SHA1, 32)).isEqualTo(PROVIDED_BAD);
  }

  private static String pss(MGF1ParameterSpec mask, int salt) throws Exception {
    TokenBindingKey key = TokenBindingKey.of(TokenBindingKey.RSA2048_PSS, RSA_PAIR);
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", mask, salt, 1));
    signature.initSign(RSA_PAIR.getPrivate());
    signature.update(new byte[] {0, 1});
    signature.update(Keys.ekm(1));
    return Keys.refusal(key, Keys.provided(key).withSignature(signature.sign()));
  }

  @Test
  void anRsaKeyOfOneKindIsNotOneOfTheOther_T68() {
    TokenBindingSpecimen pss = Keys.provided(Keys.PSS);

    assertThat(Keys.refusal(Keys.PKCS1, pss.withKeyParameters(0))).isEqualTo(PROVIDED_BAD);
    assertThat(Keys.refusal(Keys.PSS, Keys.provided(Keys.PKCS1).withKeyParameters(1)))
        .isEqualTo(PROVIDED_BAD);
  }

  @Test
  void theProvidedKeyParametersAreThoseAgreedOn_T68() {
    for (TokenBindingKey key : Keys.ALL) {
      for (TokenBindingKey agreed : Keys.ALL) {
        assertThat(Keys.refusal(agreed, Keys.provided(key)))
            .isEqualTo(
                key == agreed ? null : "the provided key parameters are not those agreed on");
      }
    }
  }

  @Test
  void unknownKeyParametersProveNothingEvenWhenAgreedOn_T68() throws Exception {
    byte[] message = TokenBindingSpecimen.message(Keys.provided(Keys.EC).withKeyParameters(96));
    ExportedKeyingMaterial agreed = Keys.negotiated(Keys.ekm(1), 96);

    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    RefusedTokenBindingException.class,
                    () ->
                        new TokenBindingMessageVerifier(UnknownTypes.SKIP)
                            .verify(TokenBindingMessage.parse(message), agreed))
                .rule())
        .isEqualTo(PROVIDED_BAD);
  }

  @Test
  void exactlyOneProvidedAndAtMostOneReferredBinding_T67() {
    TokenBindingSpecimen provided = Keys.provided(Keys.EC);
    TokenBindingSpecimen otherProvided = Keys.provided(Keys.OTHER_EC);
    TokenBindingSpecimen referred = Keys.referred(Keys.OTHER_EC);
    TokenBindingSpecimen unknown = Keys.EC.binding(Keys.UNKNOWN_TYPE, Keys.ekm(1));
    String several = "the message has more than one provided or referred binding";

    assertThat(Keys.refusal(Keys.EC, provided, referred, unknown)).isNull();
    assertThat(Keys.refusal(Keys.EC, provided, otherProvided)).isEqualTo(several);
    assertThat(Keys.refusal(Keys.EC, provided, provided)).isEqualTo(several);
    assertThat(Keys.refusal(Keys.EC, provided, referred, referred)).isEqualTo(several);
    assertThat(Keys.refusal(Keys.EC, provided, referred, referred.withKeyParameters(96)))
        .isEqualTo(several);
    assertThat(Keys.refusal(Keys.EC, referred)).isEqualTo("the message has no provided binding");
    assertThat(Keys.refusal(Keys.EC, unknown)).isEqualTo("the message has no provided binding");
  }

  @Test
  void aReferredBindingWithABadSignatureRefusesTheMessage_T67() {
    TokenBindingSpecimen provided = Keys.provided(Keys.EC);
    TokenBindingSpecimen bad = Keys.provided(Keys.OTHER_EC).withType(1);

    assertThat(Keys.refusal(Keys.EC, provided, Keys.referred(Keys.OTHER_EC))).isNull();
    assertThat(Keys.refusal(Keys.EC, provided, bad)).isEqualTo(REFERRED_BAD);
    assertThat(Keys.refusal(Keys.EC, bad, provided)).isEqualTo(REFERRED_BAD);
  }

  @Test
  void aReferredBindingOfAnUnknownKindIsNotNone_T67_C57() throws Exception {
    VerifiedTokenBindings verified =
        verified(
            Keys.EC, Keys.provided(Keys.EC), Keys.referred(Keys.OTHER_EC).withKeyParameters(96));

    assertThat(verified.provided().tbh()).isEqualTo(Keys.EC.tbh());
    assertThat(verified.referred()).isNull();
    assertThat(verified.referral()).isEqualTo(Referral.UNSUPPORTED);
  }

  @Test
  void aBadSignatureInAnUnknownTypeRefusesWhereUnknownTypesAreVerified_T67() {
    TokenBindingSpecimen provided = Keys.provided(Keys.EC);
    TokenBindingSpecimen good = Keys.OTHER_EC.binding(Keys.UNKNOWN_TYPE, Keys.ekm(1));
    TokenBindingSpecimen bad = Keys.OTHER_EC.binding(Keys.UNKNOWN_TYPE, Keys.ekm(2));
    TokenBindingSpecimen opaque = bad.withKeyParameters(Keys.UNKNOWN_KEY_PARAMETERS);

    assertThat(Keys.refusal(Keys.EC, provided, good)).isNull();
    assertThat(Keys.refusal(Keys.EC, provided, bad)).isNull();
    assertThat(Keys.refusal(Keys.EC, provided, opaque)).isNull();
    assertThat(Keys.strictRefusal(Keys.EC, provided, good)).isNull();
    assertThat(Keys.strictRefusal(Keys.EC, provided, bad))
        .isEqualTo("the signature of a binding of an unknown type does not hold");
    assertThat(Keys.strictRefusal(Keys.EC, provided, opaque)).isNull();
  }

  /** A key that passes every check of its form but that no provider can compute with. */
  @Test
  void aModulusWithoutASecretIsRefusedLikeABadSignature_T69() {
    byte[] key = Arrays.copyOfRange(Keys.PSS.id(), 3, Keys.PSS.id().length);
    Arrays.fill(key, 3, 257, (byte) 0);

    assertThat(Keys.refusal(Keys.PSS, Keys.provided(Keys.PSS).withKey(key)))
        .isEqualTo(PROVIDED_BAD);
  }
}
