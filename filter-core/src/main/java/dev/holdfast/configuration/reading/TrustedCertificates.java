package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.IssuerTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

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
    Collection<? extends Certificate> certificates;
    try (InputStream pem = Files.newInputStream(path(file))) {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(pem);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(setting, file, e);
    }
    if (certificates.isEmpty()) {
      throw unusable(setting, file, null);
    }
    try {
      return trusting(certificates);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(setting, file, e);
    }
  }

  private static IssuerTls trusting(Collection<? extends Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return IssuerTls.trusting(context, trust.getTrustManagers());
  }

  private static Path path(String file) {
    if (file.startsWith("file:/")) {
      return Path.of(URI.create(file));
    }
    return Path.of(file.startsWith("file:") ? file.substring("file:".length()) : file);
  }

  private static InvalidSettingException unusable(
      String setting, String file, @Nullable Exception cause) {
    InvalidSettingException exception =
        new InvalidSettingException(
            setting,
            "no certificate can be read from \"" + file + "\": " + problem(file),
            file.startsWith("classpath:")
                ? "Name a file; classpath: can be written in Spring Boot only"
                : "Name a PEM file with the certificates to trust");
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }

  private static String problem(String file) {
    try {
      Path path = path(file);
      if (!Files.exists(path)) {
        return "there is no file " + path.toAbsolutePath();
      }
      if (Files.isDirectory(path)) {
        return "it is a directory";
      }
      return Files.isReadable(path)
          ? "it holds no certificate in PEM that can be used"
          : "this process may not read it";
    } catch (IllegalArgumentException noPath) {
      return "it is no path of a file";
    }
  }
}
