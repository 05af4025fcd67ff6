package dev.holdfast.testing;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A private key and the certificate chain that names it.
 *
 * @param privateKey the private key of the first certificate
 * @param chain the certificates, leaf first, at least one
 */
public record Identity(PrivateKey privateKey, List<X509Certificate> chain) {

  /** Copies the chain and refuses an empty one. */
  public Identity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("an identity needs a certificate");
    }
  }

  /** The leaf: the certificate of {@link #privateKey()}. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /**
   * The {@code x5t#S256} of the leaf: the SHA-256 of its DER encoding in base64url without padding.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-3.1">RFC 8705, section 3.1</a>
   */
  public String thumbprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("cannot digest a certificate", e);
    }
  }

  /**
   * Writes the chain as PEM.
   *
   * @return the file
   */
  public Path writeCertificateChain(Path file) {
    return Pem.writeCertificates(file, chain);
  }

  /**
   * Writes the private key as PKCS #8 in PEM, readable by its owner only where the file system
   * knows owners.
   *
   * @return the file
   */
  public Path writePrivateKey(Path file) {
    return Pem.writePrivateKey(file, privateKey);
  }

  /**
   * Writes key and chain as a PKCS #12 key store with the single alias {@code identity}.
   *
   * @param password protects the store and the key
   * @return the file
   */
  public Path writePkcs12(Path file, char[] password) {
    return KeyStores.write(keyStore(password), file, password);
  }

  /** Key and chain as a key store in memory with the single alias {@code identity}. */
  public KeyStore keyStore(char[] password) {
    return KeyStores.ofIdentity(this, password);
  }

  /** The subject and the thumbprint; never the key. */
  @Override
  public String toString() {
    return "Identity["
        + certificate().getSubjectX500Principal().getName()
        + ", "
        + thumbprint()
        + "]";
  }
}
