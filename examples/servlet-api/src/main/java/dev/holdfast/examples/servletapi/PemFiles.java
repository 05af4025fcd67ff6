package dev.holdfast.examples.servletapi;

import dev.holdfast.configuration.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;

/**
 * PEM files.
 *
 * @param setting the name of the setting, for error texts
 * @param certificates the server's chain, or the certificates to trust
 * @param privateKey the server's key; null among trusted certificates
 */
record PemFiles(String setting, Path certificates, @Nullable Path privateKey)
    implements KeyMaterial {

  @Override
  public void identify(SSLHostConfigCertificate server) {
    server.setCertificateFile(certificates.toAbsolutePath().toString());
    if (privateKey != null) {
      server.setCertificateKeyFile(privateKey.toAbsolutePath().toString());
    }
  }

  @Override
  public KeyStore trusted() {
    try (InputStream in = Files.newInputStream(certificates)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("trusted-" + trusted.size(), one);
      }
      if (trusted.size() > 0) {
        return trusted;
      }
    } catch (IOException | GeneralSecurityException unreadable) {
      // the same text as for a file without certificates
    }
    throw new InvalidSettingException(
        setting, "holds no certificates", "Give a PEM file of one or more X.509 certificates");
  }
}
