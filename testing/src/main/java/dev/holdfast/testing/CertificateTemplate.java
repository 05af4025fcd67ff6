package dev.holdfast.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What a certificate says of its subject, before a key and an issuer are known. */
final class CertificateTemplate {

  private final X500Principal subject;
  private final Extensions extensions;

  private CertificateTemplate(X500Principal subject, Extensions extensions) {
    this.subject = subject;
    this.extensions = extensions;
  }

  static CertificateTemplate authority(X500Principal subject) {
    return new CertificateTemplate(
        subject,
        builder -> {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
          int usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
          builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        });
  }

  static CertificateTemplate client(X500Principal subject) {
    return new CertificateTemplate(
        subject, builder -> addLeafExtensions(builder, KeyPurposeId.id_kp_clientAuth));
  }

  static CertificateTemplate server(List<String> names) {
    GeneralNames alternatives =
        new GeneralNames(
            names.stream().map(CertificateTemplate::generalName).toArray(GeneralName[]::new));
    return new CertificateTemplate(
        new X500Principal("CN=" + names.get(0)),
        builder -> {
          addLeafExtensions(builder, KeyPurposeId.id_kp_serverAuth);
          builder.addExtension(Extension.subjectAlternativeName, false, alternatives);
        });
  }

  Identity selfSigned(KeyKind keyKind, Validity validity) {
    KeyPair keys = keyKind.generate();
    X509Certificate certificate =
        certify(keys.getPublic(), validity, subject, keys.getPublic(), keys.getPrivate());
    return new Identity(keys.getPrivate(), List.of(certificate));
  }

  Identity issuedBy(Identity issuer, KeyKind keyKind, Validity validity) {
    KeyPair keys = keyKind.generate();
    X509Certificate authority = issuer.certificate();
    X509Certificate certificate =
        certify(
            keys.getPublic(),
            validity,
            authority.getSubjectX500Principal(),
            authority.getPublicKey(),
            issuer.privateKey());
    return new Identity(keys.getPrivate(), List.of(certificate, authority));
  }

  private X509Certificate certify(
      PublicKey key,
      Validity validity,
      X500Principal issuer,
      PublicKey issuerKey,
      PrivateKey signer) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(120, new SecureRandom()).setBit(119),
              Date.from(validity.notBefore()),
              Date.from(validity.notAfter()),
              subject,
              key);
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(issuerKey));
      extensions.addTo(builder);
      JcaContentSignerBuilder signature =
          new JcaContentSignerBuilder(KeyKind.of(signer).signatureAlgorithm());
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(signature.build(signer)));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }

  private static void addLeafExtensions(X509v3CertificateBuilder builder, KeyPurposeId purpose)
      throws IOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
  }

  private static GeneralName generalName(String name) {
    boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  /** Adds what distinguishes one kind of certificate from another. */
  @FunctionalInterface
  private interface Extensions {
    void addTo(X509v3CertificateBuilder builder) throws IOException;
  }
}
