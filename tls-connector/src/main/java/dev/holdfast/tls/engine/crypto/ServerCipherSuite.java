package dev.holdfast.tls.engine.crypto;

import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;

/**
 * What this server speaks, the preferred first: forward secrecy and authenticated encryption, no
 * other. The constants have the names of the Java Security Standard Algorithm Names.
 */
public enum ServerCipherSuite {
  TLS_AES_128_GCM_SHA256(CipherSuite.TLS_AES_128_GCM_SHA256),
  TLS_AES_256_GCM_SHA384(CipherSuite.TLS_AES_256_GCM_SHA384),
  TLS_CHACHA20_POLY1305_SHA256(CipherSuite.TLS_CHACHA20_POLY1305_SHA256),
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256),
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384),
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(
      CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256),
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384),
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256(
      CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256);

  private static final List<ServerCipherSuite> ALL = List.of(values());

  private final int value;

  ServerCipherSuite(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }

  /** Those whose encryption the installed providers have, and which the JVM does not rule out. */
  public static List<String> supported(TlsCrypto crypto) {
    return JvmPolicy.cipherSuites(
        Arrays.stream(values())
            .filter(suite -> isSupported(crypto, suite.value))
            .map(Enum::name)
            .toList());
  }

  private static boolean isSupported(TlsCrypto crypto, int suite) {
    return crypto.hasEncryptionAlgorithm(TlsUtils.getEncryptionAlgorithm(suite));
  }

  /**
   * Each name's value.
   *
   * @throws IllegalArgumentException for a name that is not here
   */
  public static int[] values(List<String> names) {
    int[] values = new int[names.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = valueOf(names.get(i)).value;
    }
    return values;
  }

  public static String name(int value) {
    for (ServerCipherSuite suite : ALL) {
      if (suite.value == value) {
        return suite.name();
      }
    }
    throw new IllegalStateException("no cipher suite of this server");
  }
}
