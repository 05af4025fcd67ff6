package dev.holdfast.mtls.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What does not belong together stops the start with a text that says what to do (T101). */
class CertificateHeaderOptionsTest {

  private static void assertSays(Runnable options, String... words) {
    assertThatIllegalArgumentException()
        .isThrownBy(options::run)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void aFormatWithoutAProductNeedsAName() {
    for (CertificateHeaderFormat format : CertificateHeaderFormat.values()) {
      if (format.headerNames().isEmpty()) {
        assertSays(
            () -> CertificateHeaderOptions.of(format),
            "set certificate.header.name",
            format.propertyName());
        assertThat(CertificateHeaderOptions.of(format, "X-Mine").name()).isEqualTo("X-Mine");
      } else {
        assertThat(CertificateHeaderOptions.of(format).name()).isNull();
      }
    }
  }

  @Test
  void aVerifyHeaderNeedsItsValueAndAValueItsHeader() {
    CertificateHeaderFormat without = CertificateHeaderFormat.CADDY;
    assertSays(
        () -> CertificateHeaderOptions.of(without).verifiedBy("X-Verified", null),
        "needs certificate.header.verify-value");
    assertSays(
        () -> CertificateHeaderOptions.of(without).verifiedBy(null, "yes"),
        "needs certificate.header.verify-name");
    assertSays(
        () -> CertificateHeaderOptions.of(without).verifiedBy("X-Verified", " "),
        "must not be blank");
    assertThat(
            CertificateHeaderOptions.of(CertificateHeaderFormat.NGINX).verifiedBy("X-Other", null))
        .extracting(CertificateHeaderOptions::verifyName)
        .isEqualTo("X-Other");
  }

  @Test
  void hopsBelongToEnvoy() {
    assertThat(CertificateHeaderOptions.of(CertificateHeaderFormat.ENVOY).behind(16).hops())
        .isEqualTo(16);
    assertSays(
        () -> CertificateHeaderOptions.of(CertificateHeaderFormat.ENVOY).behind(17), "1 to 16");
    assertSays(
        () -> CertificateHeaderOptions.of(CertificateHeaderFormat.ENVOY).behind(0), "1 to 16");
    assertSays(
        () -> CertificateHeaderOptions.of(CertificateHeaderFormat.NGINX).behind(2), "envoy only");
  }

  @Test
  void aNameIsAFieldName() {
    for (String name : new String[] {"", "X Cert", "X-Cert:", "X-Cert\n", "Ü"}) {
      assertSays(
          () -> CertificateHeaderOptions.of(CertificateHeaderFormat.NGINX, name),
          "is not the name of a header");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatKnowsItself(CertificateHeaderFormat format) {
    assertThat(format.propertyName())
        .isEqualTo(format.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    assertThat(format.verifyName() == null).isEqualTo(format.verifyValue() == null);
    Set<String> names = new HashSet<>(format.headerNames());
    assertThat(names).hasSameSizeAs(format.headerNames());
  }
}
