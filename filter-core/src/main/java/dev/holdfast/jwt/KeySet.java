package dev.holdfast.jwt;

import dev.holdfast.internal.crypto.SigningAlgorithm;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The usable keys of a JWK Set (RFC 7517 section 5), immutable. */
final class KeySet {
  private static final System.Logger LOG = System.getLogger(KeySet.class.getPackageName());

  /** How many keys a token without {@code kid} is tried with: work that a stranger can cause. */
  private static final int MAX_TRIED = 8;

  private final List<VerificationKey> keys;
  private final Map<String, VerificationKey> byId = new HashMap<>();

  private KeySet(List<VerificationKey> keys) {
    this.keys = List.copyOf(keys);
    for (VerificationKey key : keys) {
      String id = key.id();
      if (id != null) {
        byId.put(id, key);
      }
    }
  }

  /**
   * Reads a key set. Members that break a rule of {@link KeyRules}, and all that share their {@code
   * kid} with another usable one, are left out and named in the log by their place.
   *
   * @throws MalformedJsonException when it is not a strict JSON object
   * @throws UnacceptableKeyException when it is no key set at all
   */
  static KeySet parse(byte[] json) throws MalformedJsonException, UnacceptableKeyException {
    if (!(StrictJson.parseObject(json).get("keys") instanceof List<?> members)) {
      throw new UnacceptableKeyException("keys is not a list");
    }
    List<VerificationKey> usable = new ArrayList<>(members.size());
    Set<String> seen = new HashSet<>();
    Set<String> repeated = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      try {
        VerificationKey key = KeyRules.accept(objectOf(members.get(i)));
        usable.add(key);
        if (key.id() != null && !seen.add(key.id())) {
          repeated.add(key.id());
        }
      } catch (UnacceptableKeyException refused) {
        LOG.log(Level.INFO, "key {0} of the key set is not used: {1}", i, refused.getMessage());
      }
    }
    if (!repeated.isEmpty()) {
      LOG.log(Level.WARNING, "the key set uses a kid for several keys: none of them is used");
      usable.removeIf(key -> key.id() != null && repeated.contains(key.id()));
    }
    return new KeySet(usable);
  }

  @SuppressWarnings("unchecked") // a JSON object's names are text
  private static Map<String, Object> objectOf(@Nullable Object member)
      throws UnacceptableKeyException {
    if (member instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw new UnacceptableKeyException("it is not an object");
  }

  /** Whether one of these keys, and the one that the header names if it names one, signed. */
  boolean signed(SigningAlgorithm algorithm, CompactJws jws) {
    String id = jws.header().keyId();
    if (id != null) {
      VerificationKey key = byId.get(id);
      return key != null && key.signed(algorithm, jws);
    }
    int tried = 0;
    for (VerificationKey key : keys) {
      if (key.fits(algorithm) && tried++ < MAX_TRIED && key.signed(algorithm, jws)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a newer set could say more about a token that none of these keys signed: its key is not
   * here, or it does not say which one it is.
   */
  boolean mayLackKeyOf(CompactJws jws) {
    String id = jws.header().keyId();
    return id == null || !byId.containsKey(id);
  }

  @Override
  public String toString() {
    return "KeySet" + keys.stream().map(VerificationKey::id).map(Objects::toString).toList();
  }
}
