package dev.holdfast.internal.jose;

import java.security.Provider;
import java.util.ArrayList;
import java.util.List;

/**
 * Providers that are faster than the platform's and may be on the class path, the fastest first.
 * They are named by text: neither is needed to compile or to run.
 */
final class FastProviders {
  private static final String CORRETTO =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
  private static final String BOUNCY_CASTLE = "org.bouncycastle.jce.provider.BouncyCastleProvider";

  private FastProviders() {}

  /** Bouncy Castle checks RSA more slowly than the platform, whose intrinsics it lacks. */
  static boolean isFaster(Provider provider, SigningAlgorithm algorithm) {
    return !(provider.getName().equals("BC") && algorithm.keyType().equals("RSA"));
  }

  static List<Provider> onTheClassPath() {
    List<Provider> found = new ArrayList<>(2);
    for (String name : List.of(CORRETTO, BOUNCY_CASTLE)) {
      try {
        Class<?> type = Class.forName(name, true, FastProviders.class.getClassLoader());
        found.add((Provider) type.getConstructor().newInstance());
      } catch (ReflectiveOperationException | LinkageError | RuntimeException absent) {
        // not there, or not for this machine: the next one
      }
    }
    return found;
  }
}
