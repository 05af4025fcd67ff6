package dev.holdfast.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

/** Makes and writes PKCS #12 key stores. */
final class KeyStores {

  private KeyStores() {}

  static KeyStore ofIdentity(Identity identity, char[] password) {
    try {
      KeyStore store = empty();
      store.setKeyEntry(
          "identity",
          identity.privateKey(),
          password,
          identity.chain().toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a key store", e);
    }
  }

  static KeyStore ofTrusted(List<X509Certificate> trusted) {
    try {
      KeyStore store = empty();
      for (X509Certificate certificate : trusted) {
        store.setCertificateEntry("trusted-" + store.size(), certificate);
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a trust store", e);
    }
  }

  static Path write(KeyStore store, Path file, char[] password) {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot write a key store", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return store;
  }
}
