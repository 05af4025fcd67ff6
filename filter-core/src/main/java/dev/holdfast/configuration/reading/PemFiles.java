package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates and keys in PEM files, as TLS needs them. */
public final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final List<String> KEY_KINDS = List.of("EC", "RSA", "RSASSA-PSS", "EdDSA");

  private PemFiles() {}

  /**
   * Trust in the certificates in the file and in no others.
   *
   * @param setting the setting's name, for the error text
   * @param file its path, or a {@code file:} address
   * @throws InvalidSettingException when the file cannot be read or holds no certificate
   */
  public static TrustManagerFactory trust(String setting, String file) {
    try {
      return trusting(certificates(file));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(
          setting,
          file,
          "no certificate can be read",
          "Name a PEM file with the certificates to trust",
          e);
    }
  }

  /**
   * A certificate with its chain, to be shown, and its key.
   *
   * @param certificateSetting the name of that setting, for the error text
   * @param keySetting likewise
   * @throws InvalidSettingException when one of the files cannot be read, or they do not belong
   *     together
   */
  public static KeyManagerFactory identity(
      String certificateSetting, String certificateFile, String keySetting, String keyFile) {
    Certificate[] chain;
    try {
      chain = certificates(certificateFile).toArray(Certificate[]::new);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(
          certificateSetting,
          certificateFile,
          "no certificate can be read",
          "Name a PEM file with the client's certificate, and the certificates that vouch for it",
          e);
    }
    try {
      PrivateKey key = key(Files.readString(path(keyFile), StandardCharsets.US_ASCII));
      KeyStore store = empty();
      store.setKeyEntry("client", key, new char[0], chain);
      if (!key.getAlgorithm().equals(chain[0].getPublicKey().getAlgorithm())
          && !key.getAlgorithm().startsWith("Ed")) {
        throw new GeneralSecurityException("the certificate is for another kind of key");
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      return keys;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(
          keySetting,
          keyFile,
          "no private key of that certificate can be read",
          "Name a PEM file with a key that begins with BEGIN PRIVATE KEY; make it with: openssl"
              + " pkcs8 -topk8 -nocrypt",
          e);
    }
  }

  static TrustManagerFactory trusting(Collection<? extends Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  static Collection<? extends Certificate> certificates(String file)
      throws IOException, GeneralSecurityException {
    try (InputStream pem = Files.newInputStream(path(file))) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException("there is none");
      }
      return certificates;
    }
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    Matcher block = KEY.matcher(pem);
    if (!block.find()) {
      throw new GeneralSecurityException("there is no PKCS #8 block");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException another) {
        // of the next kind, or of none
      }
    }
    throw new GeneralSecurityException("of no kind that is known");
  }

  static Path path(String file) {
    if (file.startsWith("file:/")) {
      return Path.of(URI.create(file));
    }
    return Path.of(file.startsWith("file:") ? file.substring("file:".length()) : file);
  }

  private static InvalidSettingException unusable(
      String setting, String file, String what, String action, Exception cause) {
    InvalidSettingException exception =
        new InvalidSettingException(
            setting, what + " from \"" + file + "\"" + problem(file), action);
    exception.initCause(cause);
    return exception;
  }

  private static String problem(String file) {
    String problem = problemOfPath(file);
    return problem == null ? "" : ": " + problem;
  }

  /** Why there is nothing to be read; null when there is. */
  static @Nullable String problemOfPath(String file) {
    try {
      Path path = path(file);
      if (!Files.exists(path)) {
        return "there is no file " + path.toAbsolutePath();
      }
      if (Files.isDirectory(path)) {
        return "it is a directory";
      }
      return Files.isReadable(path) ? null : "this process may not read it";
    } catch (IllegalArgumentException noPath) {
      return "it is no path of a file";
    }
  }
}
