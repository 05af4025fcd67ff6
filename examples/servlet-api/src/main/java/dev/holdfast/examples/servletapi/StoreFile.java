package dev.holdfast.examples.servletapi;

import dev.holdfast.configuration.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * A key store of the JDK.
 *
 * @param setting the name of the setting, for error texts
 * @param file the store
 * @param password opens the store and the keys in it
 * @param type {@code PKCS12} or {@code JKS}
 */
record StoreFile(String setting, Path file, String password, String type) implements KeyMaterial {

  @Override
  public void identify(SSLHostConfigCertificate server) {
    server.setCertificateKeystore(trusted());
    server.setCertificateKeystorePassword(password);
  }

  @Override
  public KeyStore trusted() {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(type);
      store.load(in, password.toCharArray());
      return store;
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new InvalidSettingException(
          setting, "cannot be opened", "Check the file, its -password and its -type");
    }
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "StoreFile[" + setting + "=" + file + "]";
  }
}
