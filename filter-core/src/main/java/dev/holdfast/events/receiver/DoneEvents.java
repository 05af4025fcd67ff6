package dev.holdfast.events.receiver;

import dev.holdfast.Sha256Digest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events that were done, so that one that is delivered again has no further effect. It is bounded;
 * the one that was done first is forgotten first, and to do it again would revoke what it has
 * revoked already.
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

  synchronized boolean contains(String issuer, String id) {
    return done.containsKey(key(issuer, id));
  }

  synchronized void add(String issuer, String id) {
    done.put(key(issuer, id), true);
  }

  private static Sha256Digest key(String issuer, String id) {
    return Sha256Digest.of((issuer.length() + ":" + issuer + id).getBytes(StandardCharsets.UTF_8));
  }
}
