package dev.holdfast.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jose.util.Base64URL;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.RsaKeyRules;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.jwt.Specimen;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** T50: what a key must be, one mutation of a good key at a time; the others stay usable. */
class KeySetTest {
  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
  private static final BigInteger MODULUS = ((RSAPublicKey) Specimen.RSA.getPublic()).getModulus();

  private static final PrivateKey STRANGER = Specimen.pair("RSA", 2048).getPrivate();

  private static boolean signed(KeySet keys, Specimen specimen) throws Exception {
    CompactJws jws = CompactJws.read(specimen.text());
    SigningAlgorithm algorithm = SigningAlgorithm.named(jws.header().algorithm());
    return algorithm != null && keys.signed(algorithm, jws.header().keyId(), jws);
  }

  private static Map<String, Object> with(Map<String, Object> jwk, String name, Object value) {
    Map<String, Object> mutated = new LinkedHashMap<>(jwk);
    mutated.put(name, value);
    return mutated;
  }

  private static Map<String, Object> rsaWith(String name, BigInteger value) {
    return with(Specimen.rsaJwk(), name, Base64URL.encode(value).toString());
  }

  @Test
  void goodMembersAreUsable_T50() {
    assertThat(
            Stream.of(
                Specimen.rsaJwk(),
                with(Specimen.rsaJwk(), "use", "sig"),
                with(Specimen.rsaJwk(), "key_ops", List.of("verify")),
                with(Specimen.rsaJwk(), "alg", "RS256"),
                with(Specimen.rsaJwk(), "unknown", Map.of("a", 1)),
                rsaWith("e", BigInteger.valueOf(3)),
                rsaWith("e", BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE))))
        .allSatisfy(jwk -> assertThat(KeyRules.accept(jwk).fits(SigningAlgorithm.RS256)).isTrue());
  }

  @TestFactory
  Stream<DynamicTest> eachBrokenRuleRefusesThatKeyAndLeavesTheOthers_T50_C30() {
    Map<String, Map<String, Object>> broken = new LinkedHashMap<>();
    broken.put("d", with(Specimen.rsaJwk(), "d", "AQAB"));
    broken.put("oth", with(Specimen.rsaJwk(), "oth", List.of()));
    broken.put("k", with(Specimen.rsaJwk(), "k", "AQAB"));
    broken.put("oct", Map.of("kty", "oct", "kid", "rsa-1", "k", "AAAAAAAAAAAAAAAAAAAAAA"));
    broken.put("use enc", with(Specimen.rsaJwk(), "use", "enc"));
    broken.put("use list", with(Specimen.rsaJwk(), "use", List.of("sig")));
    broken.put("key_ops", with(Specimen.rsaJwk(), "key_ops", List.of("encrypt")));
    broken.put("key_ops empty", with(Specimen.rsaJwk(), "key_ops", List.of()));
    broken.put("alg RSA-OAEP", with(Specimen.rsaJwk(), "alg", "RSA-OAEP"));
    broken.put("alg HS256", with(Specimen.rsaJwk(), "alg", "HS256"));
    broken.put("2047 bits", rsaWith("n", MODULUS.clearBit(2047).setBit(2046)));
    broken.put("512 bits", rsaWith("n", BigInteger.ONE.shiftLeft(511).setBit(0)));
    broken.put("8193 bits", rsaWith("n", BigInteger.ONE.shiftLeft(8192).setBit(0)));
    broken.put("a text", with(Specimen.rsaJwk(), "n", "?"));
    broken.put("key_ops text", with(Specimen.rsaJwk(), "key_ops", "verify"));
    broken.put("alg a number", with(Specimen.rsaJwk(), "alg", 256));
    broken.put("oct without its key", Map.of("kty", "oct", "kid", "rsa-1"));
    broken.put("even modulus", rsaWith("n", MODULUS.clearBit(0)));
    broken.put("e 1", rsaWith("e", BigInteger.ONE));
    broken.put("e 2", rsaWith("e", BigInteger.TWO));
    broken.put("e even", rsaWith("e", BigInteger.valueOf(65536)));
    broken.put("e 0", rsaWith("e", BigInteger.ZERO));
    broken.put("e > 2^32", rsaWith("e", BigInteger.ONE.shiftLeft(32).setBit(0)));
    broken.put("no n", with(Specimen.rsaJwk(), "n", 1));
    broken.put("kty unknown", with(Specimen.rsaJwk(), "kty", "XYZ"));
    broken.put("kid a number", with(Specimen.rsaJwk(), "kid", 7));
    return broken.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () -> {
                      KeySet keys = Specimen.keySet(List.of(entry.getValue(), Specimen.ecJwk()));
                      assertThat(signed(keys, Specimen.rs256())).isFalse();
                      assertThat(signed(keys, Specimen.rs256().withoutHeader("kid"))).isFalse();
                      assertThat(signed(keys, Specimen.es256())).isTrue();
                      assertThat(Specimen.keySet(List.of(entry.getValue())).isEmpty()).isTrue();
                      assertThatThrownBy(() -> KeyRules.accept(entry.getValue()))
                          .isInstanceOf(UnacceptableJoseException.class);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aCurveThatIsNotTheKeysIsRefused_T50() {
    byte[] x = Base64Url.decode((String) Specimen.ed25519Jwk().get("x"));
    byte[] notAPoint = new byte[32];
    notAPoint[0] = 2; // y = 2 has no x on edwards25519
    return Stream.of(
            with(Specimen.ecJwk(), "crv", "P-384"),
            with(Specimen.ecJwk(), "crv", "secp256k1"),
            with(Specimen.ecJwk(), "x", Specimen.ecJwk().get("y")), // off the curve
            with(Specimen.ecJwk(), "x", Base64Url.encode(new byte[32])),
            with(Specimen.ecJwk(), "alg", "ES384"),
            with(Specimen.ecJwk(), "d", "AQAB"),
            with(Specimen.ed25519Jwk(), "crv", "X25519"),
            with(Specimen.ed25519Jwk(), "crv", "Ed448"),
            with(Specimen.ed25519Jwk(), "x", Base64Url.encode(Arrays.copyOf(x, 31))),
            with(Specimen.ed25519Jwk(), "x", Base64Url.encode(Arrays.copyOf(x, 33))),
            with(Specimen.ed25519Jwk(), "x", Base64Url.encode(notAPoint)),
            with(Specimen.ed25519Jwk(), "alg", "ES256"))
        .map(
            jwk ->
                dynamicTest(
                    jwk.toString(),
                    () ->
                        assertThatThrownBy(() -> KeyRules.accept(jwk))
                            .isInstanceOf(UnacceptableJoseException.class)));
  }

  @Test
  void aKeysOwnAlgorithmIsTheOnlyOne_T50() throws Exception {
    Map<String, Object> rs384 = with(Specimen.rsaJwk(), "alg", "RS384");

    assertThat(signed(Specimen.keySet(List.of(rs384)), Specimen.rs256())).isFalse();
    assertThat(KeyRules.accept(rs384).fits(SigningAlgorithm.RS384)).isTrue();
    assertThat(KeyRules.accept(rs384).fits(SigningAlgorithm.PS384)).isFalse();
  }

  @Test
  void aKidAndAnAlgorithmChooseTogether_C29() throws Exception {
    KeySet keys =
        Specimen.keySet(
            List.of(with(Specimen.rsaJwk(), "kid", "1"), with(Specimen.ecJwk(), "kid", "1")));

    assertThat(signed(keys, Specimen.rs256().header("kid", "1"))).isTrue();
    assertThat(signed(keys, Specimen.es256().header("kid", "1"))).isTrue();
    assertThat(signed(keys, Specimen.eddsa().header("kid", "1"))).isFalse();
    assertThat(signed(keys, Specimen.rs256())).as("another kid").isFalse();
    assertThat(signed(keys, Specimen.rs256(STRANGER).header("kid", "1"))).isFalse();
  }

  @Test
  void severalKeysOfAKidAreEachTried_C29() throws Exception {
    Map<String, Object> other =
        Specimen.rsaJwk((RSAPublicKey) Specimen.stranger().getPublic(), "rsa-1");
    for (List<Map<String, Object>> members :
        List.of(List.of(Specimen.rsaJwk(), other), List.of(other, Specimen.rsaJwk()))) {
      KeySet keys = Specimen.keySet(members);

      assertThat(signed(keys, Specimen.rs256())).isTrue();
      assertThat(signed(keys, Specimen.rs256().withoutHeader("kid"))).isTrue();
      assertThat(signed(keys, Specimen.rs256(STRANGER))).isFalse();
    }
  }

  @Test
  void aKeyThatStandsForEachOfItsAlgorithmsIsUsedForEach_C29() throws Exception {
    KeySet keys =
        Specimen.keySet(
            Stream.of("RS256", "RS384", "RS512")
                .map(alg -> with(Specimen.rsaJwk(), "alg", alg))
                .toList());

    assertThat(signed(keys, Specimen.rs256())).isTrue();
    assertThat(signed(keys, Specimen.rs256(STRANGER))).isFalse();
    assertThat(signed(keys, Specimen.ps256())).as("no member is for PS256").isFalse();
  }

  @Test
  void aKeyThatStandsTwiceCountsOnce_C29() throws Exception {
    KeySet keys = Specimen.keySet(List.of(Specimen.rsaJwk(), Specimen.rsaJwk(), Specimen.ecJwk()));

    assertThat(keys).hasToString("KeySet[rsa-1, ec-1]");
    assertThat(signed(keys, Specimen.rs256())).isTrue();
    assertThat(signed(keys, Specimen.rs256(STRANGER))).isFalse();
  }

  @Test
  void aKidIsTriedWithEightKeysAtMost_C29() throws Exception {
    List<Map<String, Object>> members = new ArrayList<>();
    RSAPublicKey other = (RSAPublicKey) Specimen.stranger().getPublic();
    for (int i = 0; i < 7; i++) {
      members.add(with(Specimen.rsaJwk(other, "rsa-1"), "x", i));
    }
    members.add(Specimen.rsaJwk());
    assertThat(signed(Specimen.keySet(members), Specimen.rs256())).isTrue();

    members.add(0, Specimen.rsaJwk(other, "rsa-1"));
    assertThat(signed(Specimen.keySet(members), Specimen.rs256())).isFalse();
  }

  @Test
  void whatIsNotNeededDoesNotSpoilAKey_C86() throws Exception {
    Map<String, Object> jwk = Specimen.rsaJwk();
    for (String name :
        List.of("use", "key_ops", "alg", "x5c", "x5u", "x5t", "x5t#S256", "exp", "d", "k")) {
      jwk.put(name, null);
    }
    assertThat(signed(Specimen.keySet(List.of(jwk)), Specimen.rs256())).isTrue();
    for (Map<String, Object> odd :
        List.of(
            with(Specimen.rsaJwk(), "x5c", List.of("MIIB")),
            with(Specimen.rsaJwk(), "x5c", List.of()),
            with(Specimen.rsaJwk(), "x5c", "MIIB"),
            with(Specimen.rsaJwk(), "x5t", "?"),
            with(Specimen.rsaJwk(), "x5u", "not an address"),
            with(Specimen.rsaJwk(), "exp", "soon"),
            with(Specimen.rsaJwk(), "nbf", 1.5))) {
      assertThat(signed(Specimen.keySet(List.of(odd)), Specimen.rs256())).as("%s", odd).isTrue();
    }
    Map<String, Object> anonymous = with(Specimen.rsaJwk(), "kid", null);
    assertThat(signed(Specimen.keySet(List.of(anonymous)), Specimen.rs256())).isFalse();
    assertThat(signed(Specimen.keySet(List.of(anonymous)), Specimen.rs256().withoutHeader("kid")))
        .isTrue();
    for (String needed : List.of("kty", "n", "e")) {
      assertThat(Specimen.keySet(List.of(with(Specimen.rsaJwk(), needed, null))).isEmpty())
          .as(needed)
          .isTrue();
    }
  }

  @Test
  void aKeysOwnNameOfEd25519IsEitherOfTheTwo_C31() throws Exception {
    for (String own : List.of("EdDSA", "Ed25519")) {
      KeySet keys = Specimen.keySet(List.of(with(Specimen.ed25519Jwk(), "alg", own)));

      assertThat(signed(keys, Specimen.eddsa())).isTrue();
      assertThat(signed(keys, Specimen.eddsa().header("alg", "Ed25519"))).isTrue();
    }
  }

  @Test
  void aKeyMadeForEncryptionDoesNotRepeatAKid_T50() throws Exception {
    KeySet keys = Specimen.keySet(List.of(with(Specimen.ecJwk(), "use", "enc"), Specimen.ecJwk()));

    assertThat(signed(keys, Specimen.es256())).isTrue();
  }

  @Test
  void aModulusOfTheFlawedGeneratorIsRecognised_T50() {
    BigInteger product = BigInteger.ONE;
    for (int prime = 2; prime <= 167; prime++) {
      if (BigInteger.valueOf(prime).isProbablePrime(50)) {
        product = product.multiply(BigInteger.valueOf(prime));
      }
    }
    BigInteger power = BigInteger.valueOf(65537).modPow(BigInteger.valueOf(123_457), product);
    BigInteger flawed = product.multiply(BigInteger.ONE.shiftLeft(2047).divide(product));
    flawed = flawed.add(product).add(power);

    assertThat(flawed.bitLength()).isEqualTo(2048);
    assertThat(RsaKeyRules.brokenRule(flawed, EXPONENT, 2048)).contains("ROCA");
    assertThat(RsaKeyRules.brokenRule(flawed.add(BigInteger.TWO), EXPONENT, 2048)).isNull();
    assertThat(RsaKeyRules.brokenRule(MODULUS, EXPONENT, 2048)).isNull();
    Map<String, Object> jwk = rsaWith("n", flawed);
    assertThatThrownBy(() -> KeyRules.accept(jwk)).hasMessageContaining("ROCA");
  }

  @Test
  void aTokenWithoutKidIsTriedWithEightKeysAtMost() throws Exception {
    List<Map<String, Object>> members = new ArrayList<>();
    RSAPublicKey other = (RSAPublicKey) Specimen.stranger().getPublic();
    for (int i = 0; i < 7; i++) {
      members.add(Specimen.rsaJwk(other, "other-" + i));
    }
    Specimen anonymous = Specimen.rs256().withoutHeader("kid");
    members.add(Specimen.rsaJwk());
    assertThat(signed(Specimen.keySet(members), anonymous)).isTrue();

    members.add(0, Specimen.rsaJwk(other, "other-7"));
    assertThat(signed(Specimen.keySet(members), anonymous)).isFalse();
    assertThat(signed(Specimen.keySet(members), Specimen.rs256())).isTrue();
  }

  @Test
  void whatIsNoKeySetIsRefused() {
    for (String text : List.of("{}", "{\"keys\":{}}", "{\"keys\":null}")) {
      assertThatThrownBy(() -> KeySet.parse(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(UnacceptableJoseException.class);
    }
    for (String text : List.of("", "[]", "<html>", "{\"keys\":[],\"keys\":[]}")) {
      assertThatThrownBy(() -> KeySet.parse(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(MalformedJsonException.class);
    }
    assertThat(Specimen.keySet(List.of("text", List.of(), 1, Specimen.rsaJwk())).toString())
        .isEqualTo("KeySet[rsa-1]");
  }
}
