package dev.holdfast.tls.tomcat;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies in Tomcat's {@code lib}, and what is missing there. */
class ConnectorJarsTest {

  @Test
  void allAreThere_C66() {
    assertThatNoException()
        .isThrownBy(() -> ConnectorJars.require(ConnectorJarsTest.class.getClassLoader()));
  }

  @ParameterizedTest
  @CsvSource({
    "dev.holdfast.servlet., holdfast-filter-core",
    "org.bouncycastle.tls., bctls-jdk18on",
    "org.bouncycastle.crypto., bcprov-jdk18on",
    "org.bouncycastle.asn1.oiw., bcutil-jdk18on"
  })
  void theMissingJarIsNamed_C66(String missing, String jar) {
    ClassLoader without =
        new ClassLoader(ConnectorJarsTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(missing)) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> ConnectorJars.require(without))
        .withMessageContaining(jar)
        .withMessageContaining("docs/tls-connector.md");
  }
}
