package dev.holdfast.mtls;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;

/** A certificate that cannot say how it is encoded. */
@SuppressWarnings("deprecation") // two of the methods that X509Certificate asks for
class OddCertificate extends X509Certificate {
  private static final long serialVersionUID = 1L;
  private final transient X509Certificate original;
  int asked;

  OddCertificate(X509Certificate original) {
    this.original = original;
  }

  @Override
  public byte[] getEncoded() throws CertificateEncodingException {
    asked++;
    throw new CertificateEncodingException("no encoding");
  }

  @Override
  public void verify(PublicKey key) {}

  @Override
  public void verify(PublicKey key, String provider) {}

  @Override
  public String toString() {
    return "an odd certificate";
  }

  @Override
  public PublicKey getPublicKey() {
    return original.getPublicKey();
  }

  @Override
  public void checkValidity() {}

  @Override
  public void checkValidity(Date date) {}

  @Override
  public int getVersion() {
    return original.getVersion();
  }

  @Override
  public BigInteger getSerialNumber() {
    return original.getSerialNumber();
  }

  @Override
  public Principal getIssuerDN() {
    return original.getIssuerX500Principal();
  }

  @Override
  public Principal getSubjectDN() {
    return original.getSubjectX500Principal();
  }

  @Override
  public Date getNotBefore() {
    return original.getNotBefore();
  }

  @Override
  public Date getNotAfter() {
    return original.getNotAfter();
  }

  @Override
  public byte[] getTBSCertificate() throws CertificateEncodingException {
    return original.getTBSCertificate();
  }

  @Override
  public byte[] getSignature() {
    return original.getSignature();
  }

  @Override
  public String getSigAlgName() {
    return original.getSigAlgName();
  }

  @Override
  public String getSigAlgOID() {
    return original.getSigAlgOID();
  }

  @Override
  public byte[] getSigAlgParams() {
    return original.getSigAlgParams();
  }

  @Override
  public boolean[] getIssuerUniqueID() {
    return original.getIssuerUniqueID();
  }

  @Override
  public boolean[] getSubjectUniqueID() {
    return original.getSubjectUniqueID();
  }

  @Override
  public boolean[] getKeyUsage() {
    return original.getKeyUsage();
  }

  @Override
  public int getBasicConstraints() {
    return original.getBasicConstraints();
  }

  @Override
  public boolean hasUnsupportedCriticalExtension() {
    return false;
  }

  @Override
  public Set<String> getCriticalExtensionOIDs() {
    return original.getCriticalExtensionOIDs();
  }

  @Override
  public Set<String> getNonCriticalExtensionOIDs() {
    return original.getNonCriticalExtensionOIDs();
  }

  @Override
  public byte[] getExtensionValue(String oid) {
    return original.getExtensionValue(oid);
  }
}
