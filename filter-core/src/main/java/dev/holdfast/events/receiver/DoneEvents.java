package dev.holdfast.events.receiver;

import dev.holdfast.Sha256Digest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events that were done, by the digest of what is signed of them, so that one that is delivered
 * again has no further effect. A transmitter that gives two events one {@code jti} loses neither.
 * It is bounded; the one that was done first is forgotten first, and to do it again would revoke
 * what it has revoked already.
 */
final class DoneEvents {
  static final int MOST = 10_000;

  private final Map<Sha256Digest, Boolean> done =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256Digest, Boolean> eldest) {
          return size() > MOST;
        }
      };

  synchronized boolean contains(Sha256Digest signedPart) {
    return done.containsKey(signedPart);
  }

  synchronized void add(Sha256Digest signedPart) {
    done.put(signedPart, true);
  }
}
