package dev.holdfast.tls.engine.crypto;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The curves of ECDSA keys that this server signs with, told by all their parameters: others have
 * orders of the same size (brainpoolP256r1, secp256k1) and code points of their own, or none.
 */
enum ServerCurve {
  secp256r1,
  secp384r1,
  secp521r1;

  @SuppressWarnings("ImmutableEnumChecker") // it has no setter
  private final ECParameterSpec parameters = parameters(name());

  private static ECParameterSpec parameters(String name) {
    try {
      AlgorithmParameters known = AlgorithmParameters.getInstance("EC");
      known.init(new ECGenParameterSpec(name));
      return known.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no provider knows " + name, e);
    }
  }

  /** The curve with these parameters; null for any other. */
  static @Nullable ServerCurve of(ECParameterSpec asked) {
    return Arrays.stream(values()).filter(curve -> curve.is(asked)).findFirst().orElse(null);
  }

  private boolean is(ECParameterSpec other) {
    return parameters.getCurve().getField().equals(other.getCurve().getField())
        && parameters.getCurve().getA().equals(other.getCurve().getA())
        && parameters.getCurve().getB().equals(other.getCurve().getB())
        && parameters.getGenerator().equals(other.getGenerator())
        && parameters.getOrder().equals(other.getOrder())
        && parameters.getCofactor() == other.getCofactor();
  }

  /** Of the order. */
  int bits() {
    return parameters.getOrder().bitLength();
  }
}
