package dev.holdfast.tls.engine.record;

import java.util.Arrays;
import java.util.Hashtable;
import java.util.Set;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.ExtensionType;

/** The ClientHello after a HelloRetryRequest is the first one again (RFC 8446 section 4.1.2). */
final class SecondHello {
  /** What a client may change. */
  private static final Set<Integer> CHANGEABLE =
      Set.of(
          ExtensionType.key_share,
          ExtensionType.early_data,
          ExtensionType.cookie,
          ExtensionType.pre_shared_key,
          ExtensionType.padding);

  private SecondHello() {}

  static boolean isSame(ClientHello first, ClientHello second) {
    return Arrays.equals(first.getRandom(), second.getRandom())
        && Arrays.equals(first.getSessionID(), second.getSessionID())
        && Arrays.equals(first.getCipherSuites(), second.getCipherSuites())
        && first.getVersion().equals(second.getVersion())
        && !second.getExtensions().containsKey(ExtensionType.early_data)
        && isSame(first.getExtensions(), second.getExtensions());
  }

  private static boolean isSame(Hashtable<?, ?> one, Hashtable<?, ?> other) {
    return isIn(one, other) && isIn(other, one);
  }

  private static boolean isIn(Hashtable<?, ?> one, Hashtable<?, ?> other) {
    return one.entrySet().stream()
        .filter(entry -> !CHANGEABLE.contains(entry.getKey()))
        .allMatch(
            entry ->
                other.get(entry.getKey()) instanceof byte[] data
                    && Arrays.equals(data, (byte[]) entry.getValue()));
  }
}
