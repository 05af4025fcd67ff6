package dev.holdfast.tls.engine.crypto;

import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the key exchange, the preferred first. The constants have the names that {@code
 * SSLParameters.setNamedGroups} and the system property {@code jdk.tls.namedGroups} take.
 */
public enum ServerGroup {
  x25519(NamedGroup.x25519),
  secp256r1(NamedGroup.secp256r1),
  secp384r1(NamedGroup.secp384r1),
  secp521r1(NamedGroup.secp521r1),
  x448(NamedGroup.x448);

  private static final String PROPERTY = "jdk.tls.namedGroups";

  private final int value;

  ServerGroup(int value) {
    this.value = value;
  }

  /** What the system property leaves of what the installed providers have; never empty. */
  public static int[] enabled(TlsCrypto crypto) {
    String named = System.getProperty(PROPERTY, "").replace("\"", "").replace(" ", "");
    int[] enabled = named.isEmpty() ? ofAll(crypto) : of(List.of(named.split(",", -1)), crypto);
    if (enabled.length == 0) {
      throw new IllegalArgumentException(PROPERTY + " names no group that is supported here");
    }
    return enabled;
  }

  /** Those that are known here, in the order of the names; JSSE passes over the others too. */
  public static int[] of(List<String> names, TlsCrypto crypto) {
    return names.stream()
        .flatMap(name -> Arrays.stream(values()).filter(group -> group.name().equals(name)))
        .mapToInt(group -> group.value)
        .filter(JvmPolicy::admitsGroup)
        .filter(crypto::hasNamedGroup)
        .toArray();
  }

  /**
   * The client's first that is ours; P-256 for one without a list (RFC 8422 section 4); -1 for
   * none.
   */
  public static int common(int[] ours, int @Nullable [] theirs) {
    for (int group : theirs == null ? new int[] {secp256r1.value} : theirs) {
      if (Arrays.stream(ours).anyMatch(own -> own == group)) {
        return group;
      }
    }
    return -1;
  }

  private static int[] ofAll(TlsCrypto crypto) {
    return of(Arrays.stream(values()).map(Enum::name).toList(), crypto);
  }
}
