package dev.holdfast.tls.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The curves of ECDSA keys. */
class ServerCurveTest {

  @ParameterizedTest
  @EnumSource
  void theCurvesOfTlsAreKnown(ServerCurve curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve.name()));
    ECKey key = (ECKey) generator.generateKeyPair().getPublic();
    assertThat(ServerCurve.of(key.getParams())).isEqualTo(curve);
  }
}
