package dev.holdfast.testing;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate authority made in memory, for tests and demonstrations.
 *
 * <p>Every certificate it issues comes with the chain up to and including the authority's own
 * certificate, which is how the examples' authorization server tells a client of a certificate
 * authority (a chain of two) from one with a self-signed certificate (a chain of one).
 */
public final class ThrowAwayPki {

  private static final List<String> LOCAL_NAMES = List.of("localhost", "127.0.0.1", "::1");

  private final Identity authority;
  private final KeyKind keyKind;

  private ThrowAwayPki(Identity authority, KeyKind keyKind) {
    this.authority = authority;
    this.keyKind = keyKind;
  }

  /** A new authority with P-256 keys, for itself and for everything it issues by default. */
  public static ThrowAwayPki create() {
    return create(KeyKind.EC);
  }

  /** A new authority with keys of the given kind, for itself and for what it issues by default. */
  public static ThrowAwayPki create(KeyKind keyKind) {
    Identity authority =
        CertificateTemplate.authority(new X500Principal("CN=Holdfast throw-away CA"))
            .selfSigned(keyKind, authorityValidity());
    return new ThrowAwayPki(authority, keyKind);
  }

  /** The authority's own certificate: what its relying parties have to trust. */
  public X509Certificate certificate() {
    return authority.certificate();
  }

  /** A server's identity for {@code localhost}, {@code 127.0.0.1} and {@code ::1}. */
  public Identity serverCertificate() {
    return serverCertificate(Validity.current(), LOCAL_NAMES);
  }

  /**
   * A server's identity for the given names.
   *
   * @param validity when it is valid
   * @param names host names and IP address literals, at least one
   */
  public Identity serverCertificate(Validity validity, List<String> names) {
    return CertificateTemplate.server(names).issuedBy(authority, keyKind, validity);
  }

  /** A client's identity, valid now, with a key of this authority's kind. */
  public Identity clientCertificate(String subjectDn) {
    return clientCertificate(subjectDn, keyKind, Validity.current());
  }

  /**
   * A client's identity.
   *
   * @param subjectDn the subject as RFC 4514 writes it, such as {@code CN=payments-app}
   * @param keyKind the kind of the client's key
   * @param validity when the certificate is valid
   */
  public Identity clientCertificate(String subjectDn, KeyKind keyKind, Validity validity) {
    return CertificateTemplate.client(new X500Principal(subjectDn))
        .issuedBy(authority, keyKind, validity);
  }

  /** A client's identity that no authority vouches for: P-256, valid now, a chain of one. */
  public static Identity selfSigned(String subjectDn) {
    return selfSigned(subjectDn, KeyKind.EC, Validity.current());
  }

  /** A client's identity that no authority vouches for. */
  public static Identity selfSigned(String subjectDn, KeyKind keyKind, Validity validity) {
    return CertificateTemplate.client(new X500Principal(subjectDn)).selfSigned(keyKind, validity);
  }

  /** TLS for a client without a certificate that trusts servers of this authority. */
  public SSLContext sslContext() {
    return TlsContexts.trusting(List.of(certificate()));
  }

  /**
   * TLS with the given identity, trusting this authority and the additional certificates; serves
   * clients and servers alike.
   *
   * @param identity the key and chain to present
   * @param alsoTrusted certificates to trust besides this authority, such as self-signed ones
   */
  public SSLContext sslContext(Identity identity, X509Certificate... alsoTrusted) {
    return TlsContexts.of(identity, trustedWith(alsoTrusted));
  }

  /**
   * Writes this authority's certificate and the additional ones as one PEM file: a trust store.
   *
   * @return the file
   */
  public Path writeTrustedCertificates(Path file, X509Certificate... alsoTrusted) {
    return Pem.writeCertificates(file, trustedWith(alsoTrusted));
  }

  private List<X509Certificate> trustedWith(X509Certificate... others) {
    List<X509Certificate> trusted = new ArrayList<>(List.of(others));
    trusted.add(0, certificate());
    return List.copyOf(trusted);
  }

  /** Wide enough that every certificate's own validity, past or future, lies within. */
  private static Validity authorityValidity() {
    Validity current = Validity.current();
    Duration margin = Duration.ofDays(10);
    return new Validity(current.notBefore().minus(margin), current.notAfter().plus(margin));
  }
}
