package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.IssuerTls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** {@code trusted-certificates}: a PEM file as the whole trust when an issuer is called. */
final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * TLS that trusts the certificates in the file and no others.
   *
   * @param setting the setting's name, for the error text
   * @param file its path, or a {@code file:} address
   * @throws InvalidSettingException when the file cannot be read or holds no certificate
   */
  static IssuerTls read(String setting, String file) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManagerFactory trust = PemFiles.trusting(PemFiles.certificates(file));
      context.init(null, trust.getTrustManagers(), null);
      return IssuerTls.trusting(context, trust.getTrustManagers());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(setting, file, e);
    }
  }

  private static InvalidSettingException unusable(String setting, String file, Exception cause) {
    InvalidSettingException exception =
        new InvalidSettingException(
            setting,
            "no certificate can be read from \"" + file + "\": " + problem(file),
            file.startsWith("classpath:")
                ? "Name a file; classpath: can be written in Spring Boot only"
                : "Name a PEM file with the certificates to trust");
    exception.initCause(cause);
    return exception;
  }

  private static String problem(String file) {
    String problem = PemFiles.problemOfPath(file);
    return problem == null ? "it holds no certificate in PEM that can be used" : problem;
  }
}
