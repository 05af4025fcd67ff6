package dev.holdfast.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.Proof;
import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.jose.SignatureProviders;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys a proof may bring, and what is remembered of them. */
class ProofKeysTest {
  private final ProofKeys keys =
      new ProofKeys(DpopFixture.ALL_ALGORITHMS, SignatureProviders.ofThisProcess());

  private ProofKey read(ProofSpecimen proof) throws UnacceptableProofException {
    return keys.in(header(proof));
  }

  private static String header(ProofSpecimen proof) {
    return ProofSpecimen.part(JSONObjectUtils.toJSONString(proof.header));
  }

  private void refuses(ProofSpecimen proof, String rule) {
    assertThatThrownBy(() -> read(proof)).hasMessage(rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
  void aKeyWithASecretMemberIsRefused_T58(String member) throws Exception {
    for (String alg : ProofSpecimen.algorithms()) {
      read(ProofSpecimen.of(alg));
      refuses(ProofSpecimen.of(alg).member(member, "AQAB"), "jwk: it is private or symmetric");
    }
  }

  @Test
  void theTypeAndTheCurveFitTheAlgorithm_T60() {
    refuses(ProofSpecimen.es256().header("alg", "RS256"), "kty does not fit alg");
    refuses(ProofSpecimen.es256().header("alg", "ES384"), "crv does not fit alg");
    refuses(ProofSpecimen.es256().member("crv", "P-384"), "crv does not fit alg");
    refuses(ProofSpecimen.es256().member("crv", "secp256k1"), "crv does not fit alg");
    refuses(ProofSpecimen.es256().member("kty", "oct"), "kty does not fit alg");
    refuses(ProofSpecimen.of("EdDSA").member("crv", "X25519"), "crv does not fit alg");
    refuses(ProofSpecimen.of("EdDSA").member("crv", "Ed448"), "crv does not fit alg");
    refuses(ProofSpecimen.of("RS256").header("alg", "ES256"), "kty does not fit alg");
  }

  @Test
  void aCoordinateHasTheLengthOfItsCurve_T60() {
    for (String alg : List.of("ES256", "ES384", "ES512")) {
      for (String name : List.of("x", "y")) {
        byte[] coordinate = Base64Url.decode((String) ProofSpecimen.of(alg).jwk.get(name));
        byte[] shorter = Arrays.copyOf(coordinate, coordinate.length - 1);
        byte[] longer = new byte[coordinate.length + 1];
        System.arraycopy(coordinate, 0, longer, 1, coordinate.length);

        for (byte[] other : List.of(shorter, longer, new byte[0])) {
          refuses(
              ProofSpecimen.of(alg).member(name, Base64Url.encode(other)),
              "jwk: a coordinate has not the length of its curve");
        }
        refuses(
            ProofSpecimen.of(alg).member(name, coordinate.length),
            "jwk: " + name + " is missing or not text");
      }
    }
  }

  @Test
  void aPointThatIsNotOnTheCurveIsRefused_T60() {
    byte[] y = Base64Url.decode((String) ProofSpecimen.es256().jwk.get("y"));
    y[31] ^= 1;
    String zero = Base64Url.encode(new byte[32]);
    byte[] field = new byte[32];
    Arrays.fill(field, (byte) 0xff);

    String rule = "jwk: it is malformed";
    refuses(ProofSpecimen.es256().member("y", Base64Url.encode(y)), rule);
    refuses(ProofSpecimen.es256().member("x", zero).member("y", zero), rule);
    refuses(ProofSpecimen.es256().member("x", Base64Url.encode(field)), rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "00"
      })
  void aPointOfSmallOrderOrInAnotherSpellingIsRefused_T60(String hex) {
    String x = Base64Url.encode(HexFormat.of().parseHex(hex));

    refuses(
        ProofSpecimen.of("EdDSA").member("x", x),
        "jwk: its curve is not one for signatures, or it is no sound point of it");
  }

  @Test
  void aPointOffTheEdwardsCurveIsRefused_T60() {
    byte[] two = new byte[32];
    two[0] = 2; // no x belongs to this y

    refuses(
        ProofSpecimen.of("EdDSA").member("x", Base64Url.encode(two)),
        "jwk: it is not a key that can be used");
  }

  @Test
  void anRsaKeyIsNeitherShortNorLongNorOdd_T59() throws Exception {
    BigInteger modulus = ((RSAPublicKey) ProofSpecimen.RSA.getPublic()).getModulus();
    refuses(rsa(modulus.clearBit(2047).setBit(2046), 65537), "jwk: its modulus is too short");
    refuses(rsa(modulus.shiftRight(1024).setBit(0), 65537), "jwk: its modulus is too short");
    refuses(
        rsa(modulus.shiftLeft(6145).setBit(0), 65537), "jwk: its modulus is longer than 8192 bits");
    refuses(rsa(modulus.clearBit(0), 65537), "jwk: its modulus is even");
    refuses(rsa(modulus, 1), "jwk: its exponent is below 3");
    refuses(rsa(modulus, 65536), "jwk: its exponent is even");
    refuses(rsa(modulus, 0x1_0000_0001L), "jwk: its exponent is above 2^32");
    refuses(
        ProofSpecimen.of("RS256").member("n", Base64Url.encode(modulus.toByteArray())),
        "jwk: n begins with a zero byte");
    refuses(ProofSpecimen.of("RS256").member("e", ""), "jwk: e begins with a zero byte");
    read(rsa(modulus, 3));
    read(rsa(modulus, 0xffff_ffffL));
  }

  @Test
  void theFloorOfRsaKeysIsASetting_T59() {
    ProofKeys demanding =
        new ProofKeys(
            new DpopRules(List.of("PS256"), 3072, Duration.ofSeconds(60), Duration.ofSeconds(10)),
            SignatureProviders.ofThisProcess());

    assertThatThrownBy(() -> demanding.in(header(ProofSpecimen.of("PS256"))))
        .hasMessage("jwk: its modulus is too short");
  }

  @Test
  void anUnsoundRsaKeyCostsLessThanAMillisecond_T59() {
    BigInteger huge = BigInteger.ONE.shiftLeft(40_000).setBit(0);
    String header = header(rsa(huge, 65537));
    for (int i = 0; i < 200; i++) {
      assertThatThrownBy(() -> keys.in(header)).hasMessageContaining("longer than 8192");
    }
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 50; i++) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> keys.in(header)).hasMessageContaining("longer than 8192");
      best = Math.min(best, System.nanoTime() - start);
    }
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(1));
  }

  private static ProofSpecimen rsa(BigInteger modulus, long exponent) {
    return ProofSpecimen.of("RS256")
        .member("n", unsigned(modulus))
        .member("e", unsigned(BigInteger.valueOf(exponent)));
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return Base64Url.encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  @Test
  void theThumbprintIsOfTheRequiredMembersAlone_T65() throws Exception {
    Map<String, Object> members = ProofSpecimen.es256().jwk;
    Map<String, Object> reordered = new LinkedHashMap<>();
    reordered.put("use", "sig");
    for (String name : List.of("y", "x", "kty", "crv")) {
      reordered.put(name, members.get(name));
    }
    reordered.put("kid", "\"");
    ProofSpecimen other = ProofSpecimen.es256().header("jwk", reordered);

    assertThat(read(other).binding()).isEqualTo(read(ProofSpecimen.es256()).binding());
    assertThat(read(ProofSpecimen.es256(ProofSpecimen.pair("EC", 256))).binding())
        .isNotEqualTo(read(ProofSpecimen.es256()).binding());
  }

  @Test
  void aHeaderIsRememberedOnlyWhenItsRequestPasses_T53() throws Exception {
    ProofSpecimen proof = ProofSpecimen.es256();
    ProofKey first = keys.in(header(proof));

    assertThat(keys.in(header(proof))).isNotSameAs(first);
    assertThat(keys.size()).isZero();
    keys.remember(header(proof), first);
    keys.remember(header(proof), first);
    assertThat(keys.in(header(proof))).isSameAs(first);
    assertThat(keys.size()).isEqualTo(1);
  }

  @Test
  void aLongHeaderIsNotRemembered() throws Exception {
    ProofSpecimen proof = ProofSpecimen.es256().header("pad", "x".repeat(1200));

    keys.remember(header(proof), keys.in(header(proof)));

    assertThat(keys.size()).isZero();
  }

  @Test
  void aKeyInManySpellingsTakesTheRoomOfOne_C84() throws Exception {
    ProofKey key = keys.in(header(ProofSpecimen.es256()));
    for (int i = 0; i < 1000; i++) {
      keys.remember("header " + i, key);
    }
    assertThat(keys.size()).isEqualTo(1);
    assertThat(keys.in("header 999")).as("the last one").isSameAs(key);
  }

  @Test
  void allKeysTakeAShareOfTheHeap_C84() throws Exception {
    long heap = 32L << 20;
    ProofKeys small = keys(heap, () -> 0);
    ProofKey key = keys.in(header(ProofSpecimen.es256()));
    String padding = "x".repeat(1400);
    for (int i = 0; i < 10_000; i++) {
      small.remember(padding + i, withThumbprint(key, "thumbprint " + i));
    }
    long least = padding.length() + 1024L * key.check().kilobytes();
    assertThat(small.size()).isBetween(100L, heap / 16 / least);
  }

  @Test
  void whatNobodyUsesIsForgotten_C84() throws Exception {
    AtomicLong nanos = new AtomicLong();
    ProofKeys aging = keys(1L << 30, nanos::get);
    ProofKey key = keys.in(header(ProofSpecimen.es256()));
    aging.remember("header", key);

    nanos.addAndGet(Duration.ofMinutes(15).toNanos() - 1);
    assertThat(aging.size()).isEqualTo(1);
    nanos.addAndGet(1);
    assertThat(aging.size()).isZero();
  }

  private static ProofKeys keys(long heapBytes, Ticker ticker) {
    return new ProofKeys(
        DpopFixture.ALL_ALGORITHMS, SignatureProviders.ofThisProcess(), heapBytes, ticker);
  }

  private static ProofKey withThumbprint(ProofKey key, String thumbprint) {
    return new ProofKey(key.binding(), thumbprint, key.check());
  }

  @Test
  void aKeyThatKeepsMultiplesOfItsPointCountsForMore() throws Exception {
    SignatureProviders bouncyCastle =
        SignatureProviders.preferring(List.of(new BouncyCastleProvider()));
    SignatureProviders platform = SignatureProviders.preferring(List.of());
    for (String alg : List.of("ES256", "ES384")) {
      String header = header(ProofSpecimen.of(alg));
      DpopRules rules = DpopFixture.ALL_ALGORITHMS;
      assertThat(new ProofKeys(rules, bouncyCastle).in(header).check().kilobytes()).isEqualTo(6);
      assertThat(new ProofKeys(rules, platform).in(header).check().kilobytes()).isEqualTo(1);
    }
  }

  @Test
  void aRememberedKeyStillHasToSign() {
    DpopFixture dpop = new DpopFixture();
    ProofSpecimen rightful = ProofSpecimen.es256();
    assertThat(dpop.verdict(rightful.text())).isEqualTo("ok");
    KeyPair stolen = ProofSpecimen.pair("EC", 256);
    ProofSpecimen thief = ProofSpecimen.es256(stolen).claim("jti", "another");
    thief.header.put("jwk", rightful.jwk); // the same header, byte for byte

    assertThat(dpop.prove(ProofRequest.with(thief.text())))
        .isInstanceOfSatisfying(
            Proof.Rejected.class,
            rejected -> assertThat(rejected.rule()).isEqualTo("the signature does not hold"));
  }
}
