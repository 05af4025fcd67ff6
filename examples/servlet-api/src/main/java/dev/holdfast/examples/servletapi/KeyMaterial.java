package dev.holdfast.examples.servletapi;

import dev.holdfast.configuration.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;

/** Where keys or certificates are read from: PEM files or a key store. */
sealed interface KeyMaterial permits PemFiles, StoreFile {

  /** Makes this the server's own key and certificate. */
  void identify(SSLHostConfigCertificate server);

  /** The certificates in it, to be trusted. */
  KeyStore trusted();

  /** {@code server.ssl.certificate} or {@code server.ssl.key-store}; null when neither is set. */
  static @Nullable KeyMaterial ofServer(Map<String, String> settings) {
    String certificate = settings.get("server.ssl.certificate");
    String privateKey = settings.get("server.ssl.certificate-private-key");
    if ((certificate == null) != (privateKey == null)) {
      throw new InvalidSettingException(
          "server.ssl.certificate",
          "and server.ssl.certificate-private-key need each other",
          "Set both");
    }
    return read(settings, "server.ssl.certificate", "server.ssl.key-store");
  }

  /** {@code server.ssl.trust-certificate} or {@code server.ssl.trust-store}, or null. */
  static @Nullable KeyMaterial ofClients(Map<String, String> settings) {
    return read(settings, "server.ssl.trust-certificate", "server.ssl.trust-store");
  }

  private static @Nullable KeyMaterial read(
      Map<String, String> settings, String pem, String store) {
    Path certificates = file(pem, settings);
    Path file = file(store, settings);
    if (file != null && certificates != null) {
      throw new InvalidSettingException(store, "is set beside " + pem, "Remove one of them");
    }
    if (certificates != null) {
      return new PemFiles(pem, certificates, file(pem + "-private-key", settings));
    }
    return file == null
        ? null
        : new StoreFile(
            store,
            file,
            settings.getOrDefault(store + "-password", ""),
            settings.getOrDefault(store + "-type", "PKCS12"));
  }

  private static @Nullable Path file(String setting, Map<String, String> settings) {
    String text = settings.get(setting);
    if (text == null) {
      return null;
    }
    Path file = Path.of(text.startsWith("file:") ? text.substring("file:".length()) : text);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new InvalidSettingException(
          setting, "names no file that can be read", "Correct the path or the file's permissions");
    }
    return file;
  }
}
