package dev.holdfast.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.JwsSpecimen;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signature objects that are used again hold for the key and the text of their check alone. */
@Tag("verify")
class SignatureCheckTest {
  private static final byte[] TEXT = "one text, of which a part is signed".getBytes(US_ASCII);
  private static final int KEYS = 3;
  private static final Map<String, List<KeyPair>> PAIRS = new ConcurrentHashMap<>();

  static Stream<Arguments> choices() {
    List<SigningAlgorithm> algorithms =
        List.of(
            SigningAlgorithm.ES256,
            SigningAlgorithm.RS256,
            SigningAlgorithm.PS256,
            SigningAlgorithm.EDDSA);
    return Stream.of(List.<Provider>of(), List.<Provider>of(new BouncyCastleProvider()))
        .map(SignatureProviders::preferring)
        .flatMap(providers -> algorithms.stream().map(one -> Arguments.of(providers, one)));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void noCheckSaysWhatAnotherOneWould(SignatureProviders providers, SigningAlgorithm algorithm)
      throws GeneralSecurityException {
    List<SignatureCheck> checks = new ArrayList<>();
    List<byte[]> signatures = new ArrayList<>();
    List<KeyPair> pairs = PAIRS.computeIfAbsent(algorithm.keyType(), SignatureCheckTest::pairs);
    for (int i = 0; i < KEYS; i++) {
      KeyPair pair = pairs.get(i);
      checks.add(SignatureCheck.of(algorithm, spec(pair.getPublic()), providers));
      signatures.add(signed(algorithm, pair, TEXT.length - i));
    }

    // After a check that held, its object is taken for another key, by many threads.
    assertThat(
            IntStream.range(0, 8 * KEYS * KEYS)
                .parallel()
                .filter(i -> !areApart(checks, signatures, i % KEYS, i / KEYS % KEYS)))
        .isEmpty();
  }

  private static boolean areApart(
      List<SignatureCheck> checks, List<byte[]> signatures, int one, int other) {
    return holds(checks, signatures, one, one)
        && holds(checks, signatures, other, other)
        && holds(checks, signatures, one, one)
        && holds(checks, signatures, other, one) == (one == other);
  }

  private static boolean holds(
      List<SignatureCheck> checks, List<byte[]> signatures, int key, int signature) {
    return checks.get(key).holds(TEXT, TEXT.length - signature, signatures.get(signature));
  }

  private static List<KeyPair> pairs(String keyType) {
    String name = keyType.equals("OKP") ? "Ed25519" : keyType;
    int size = name.equals("RSA") ? 2048 : name.equals("EC") ? 256 : 255;
    return Stream.generate(() -> JwsSpecimen.pair(name, size)).limit(KEYS).toList();
  }

  private static KeySpec spec(PublicKey key) {
    if (key instanceof ECPublicKey elliptic) {
      return new ECPublicKeySpec(elliptic.getW(), elliptic.getParams());
    }
    return key instanceof RSAPublicKey rsa
        ? new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())
        : Ed25519Point.keySpec(encoded((EdECPublicKey) key));
  }

  private static byte[] encoded(EdECPublicKey key) {
    byte[] spki = key.getEncoded();
    return Arrays.copyOfRange(spki, spki.length - 32, spki.length);
  }

  private static byte[] signed(SigningAlgorithm algorithm, KeyPair pair, int length)
      throws GeneralSecurityException {
    Signature signer = SignatureProviders.preferring(List.of()).signature(algorithm);
    signer.initSign(pair.getPrivate());
    signer.update(TEXT, 0, length);
    return signer.sign();
  }
}
