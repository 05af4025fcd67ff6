package dev.holdfast.examples.authorizationserver;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that the self-signed clients have registered.
 *
 * @param certificates the certificates; none when nothing is configured
 */
record ClientKeys(List<X509Certificate> certificates) {

  ClientKeys {
    certificates = List.copyOf(certificates);
  }

  /** Reads a PEM file of one or more certificates. */
  static ClientKeys read(@Nullable Path pem) {
    if (pem == null) {
      return new ClientKeys(List.of());
    }
    try (InputStream in = Files.newInputStream(pem)) {
      return new ClientKeys(
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read demo.self-signed-certificate", e);
    } catch (CertificateException e) {
      throw new IllegalArgumentException("demo.self-signed-certificate is not a PEM file", e);
    }
  }

  boolean contains(X509Certificate certificate) {
    return certificates.contains(certificate);
  }

  /** The public keys, each with its certificate in {@code x5c} (RFC 8705, section 2.2.2). */
  JWKSet jwkSet() {
    return new JWKSet(certificates.stream().map(ClientKeys::jwk).toList());
  }

  private static JWK jwk(X509Certificate certificate) {
    List<Base64> chain = List.of(Base64.encode(encoded(certificate)));
    if (certificate.getPublicKey() instanceof ECPublicKey key) {
      return new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key)
          .x509CertChain(chain)
          .build();
    }
    return new RSAKey.Builder((RSAPublicKey) certificate.getPublicKey())
        .x509CertChain(chain)
        .build();
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("cannot encode a certificate", e);
    }
  }
}
