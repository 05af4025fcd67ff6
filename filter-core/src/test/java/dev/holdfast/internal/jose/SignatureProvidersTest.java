package dev.holdfast.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

class SignatureProvidersTest {

  @Test
  void bouncyCastleChecksCurvesAndThePlatformRsa() {
    List<Provider> before = List.of(Security.getProviders());
    String choice = SignatureProviders.ofThisProcess().toString();
    assertThat(choice)
        .contains("ES256 by BC")
        .contains("ES384 by BC")
        .contains("EdDSA by BC")
        .contains("RS256 by JDK")
        .contains("PS256 by JDK");
    assertThat(List.of(Security.getProviders()))
        .as("the JVM's own list is left alone")
        .isEqualTo(before);
  }

  @Test
  void whatIsPreferredIsTakenForAllThatItHas() {
    assertThat(SignatureProviders.preferring(List.of(new BouncyCastleProvider())).toString())
        .contains("RS256 by BC")
        .contains("ES256 by BC");
    assertThat(SignatureProviders.preferring(List.of()).toString()).doesNotContain("by BC");
  }
}
