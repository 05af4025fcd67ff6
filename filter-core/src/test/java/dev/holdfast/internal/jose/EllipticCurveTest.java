package dev.holdfast.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EllipticCurveTest {
  /** 0 and the order are taken for good by some JDKs (CVE-2022-21449). */
  @ParameterizedTest
  @CsvSource({"P_256,secp256r1", "P_384,secp384r1", "P_521,secp521r1"})
  void rAndSAreFrom1ToTheOrderLess1_T70(EllipticCurve curve, String name) throws Exception {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(name));
    BigInteger order = parameters.getParameterSpec(ECParameterSpec.class).getOrder();
    BigInteger last = order.subtract(BigInteger.ONE);

    assertThat(curve.isInRange(signature(curve, BigInteger.ONE, BigInteger.ONE))).isTrue();
    assertThat(curve.isInRange(signature(curve, last, last))).isTrue();
    for (BigInteger outside :
        new BigInteger[] {BigInteger.ZERO, order, order.add(BigInteger.ONE)}) {
      assertThat(curve.isInRange(signature(curve, outside, last))).isFalse();
      assertThat(curve.isInRange(signature(curve, last, outside))).isFalse();
    }
  }

  private static byte[] signature(EllipticCurve curve, BigInteger r, BigInteger s) {
    int length = curve.coordinateLength();
    byte[] joined = new byte[2 * length];
    put(r, joined, length);
    put(s, joined, 2 * length);
    return joined;
  }

  private static void put(BigInteger number, byte[] into, int end) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(bytes.length, into.length / 2);
    System.arraycopy(bytes, bytes.length - length, into, end - length, length);
  }
}
