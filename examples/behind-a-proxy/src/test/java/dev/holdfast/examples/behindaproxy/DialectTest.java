package dev.holdfast.examples.behindaproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.RequestEvidence;
import dev.holdfast.Sha256Digest;
import dev.holdfast.mtls.header.CertificateHeader;
import dev.holdfast.mtls.header.CertificateHeaderFormat;
import dev.holdfast.mtls.header.CertificateHeaderOptions;
import dev.holdfast.mtls.header.ForwardedCertificate;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A forgery that no API could take for the truth would be refused by everybody, and show nothing.
 */
class DialectTest {
  private static final Identity CLIENT = ThrowAwayPki.create().clientCertificate("CN=payments-app");
  private static final String OWN = "X-Own-Cert";
  private static final Field VERIFIED = new Field("X-Own-Verify", "yes");

  @ParameterizedTest
  @EnumSource
  void everyHeaderOfEveryFormatIsForged(CertificateHeaderFormat format) {
    for (String header : format.headerNames()) {
      CertificateHeaderOptions options = CertificateHeaderOptions.of(format, header);
      assertThat(readBy(options, Dialect.everywhere(CLIENT.certificate()).stream()))
          .as(header)
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void soIsEveryFormatUnderAnotherName(CertificateHeaderFormat format) {
    CertificateHeaderOptions options = CertificateHeaderOptions.of(format, OWN);
    assertThat(readBy(options, renamed(List.of()))).isTrue();
    assertThat(
            readBy(
                options.verifiedBy(VERIFIED.name(), VERIFIED.value()), renamed(List.of(VERIFIED))))
        .isTrue();
  }

  private static Stream<Dialect> renamed(List<Field> vouching) {
    return Dialect.everywhere(CLIENT.certificate()).stream()
        .map(dialect -> dialect.under(OWN, vouching));
  }

  private static boolean readBy(CertificateHeaderOptions options, Stream<Dialect> forged) {
    CertificateHeader header = new CertificateHeader(options);
    Sha256Digest thumbprint = Sha256Digest.parse(CLIENT.thumbprint()).orElseThrow();
    return forged
        .map(dialect -> header.read(new Forwarded(dialect.fields())))
        .anyMatch(
            read ->
                (read instanceof ForwardedCertificate.Certificate certificate
                        && certificate.thumbprint().equals(thumbprint))
                    || read.equals(new ForwardedCertificate.Thumbprint(thumbprint)));
  }

  /** As if a trusted proxy had let these fields through. */
  private record Forwarded(List<Field> fields) implements RequestEvidence {
    @Override
    public String httpMethod() {
      return "GET";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public String rawPath() {
      return "/";
    }

    @Override
    public @Nullable String query() {
      return null;
    }

    @Override
    public List<String> headers(String name) {
      return fields.stream()
          .filter(field -> field.name().equalsIgnoreCase(name))
          .map(Field::value)
          .toList();
    }

    @Override
    public @Nullable X509Certificate clientCertificate() {
      return null;
    }

    @Override
    public boolean fromTrustedProxy() {
      return true;
    }
  }
}
