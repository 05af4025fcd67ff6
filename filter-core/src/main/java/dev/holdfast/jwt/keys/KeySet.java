package dev.holdfast.jwt.keys;

import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
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
public final class KeySet {
  private static final System.Logger LOG = ApplicationLog.named("dev.holdfast.jwt");

  /** How many keys a token is tried with: work that a stranger can cause. */
  private static final int MAX_TRIED = 8;

  private final List<VerificationKey> keys;
  private final Map<String, List<VerificationKey>> byId = new HashMap<>();

  private KeySet(List<VerificationKey> keys) {
    this.keys = List.copyOf(keys);
    for (VerificationKey key : keys) {
      String id = key.id();
      if (id != null) {
        byId.computeIfAbsent(id, none -> new ArrayList<>(1)).add(key);
      }
    }
  }

  /**
   * Reads a key set. Members that break a rule of {@link KeyRules} are left out and named in the
   * log by their place. Several usable ones may share a {@code kid} (RFC 7517 section 4.5); a
   * member that stands twice counts once.
   *
   * @throws MalformedJsonException when it is not a strict JSON object
   * @throws UnacceptableJoseException when it is no key set at all
   */
  public static KeySet parse(byte[] json) throws MalformedJsonException, UnacceptableJoseException {
    if (!(StrictJson.parseObject(json).get("keys") instanceof List<?> members)) {
      throw new UnacceptableJoseException("keys is not a list");
    }
    List<VerificationKey> usable = new ArrayList<>(members.size());
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      try {
        Map<String, Object> member = objectOf(members.get(i));
        if (seen.add(member)) {
          usable.add(KeyRules.accept(member));
        }
      } catch (UnacceptableJoseException refused) {
        LOG.log(Level.INFO, "key {0} of the key set is not used: {1}", i, refused.getMessage());
      }
    }
    return new KeySet(usable);
  }

  @SuppressWarnings("unchecked") // a JSON object's names are text
  private static Map<String, Object> objectOf(@Nullable Object member)
      throws UnacceptableJoseException {
    if (member instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw new UnacceptableJoseException("it is not an object");
  }

  /** Whether there is no usable key: such a set says nothing about any token. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /**
   * Whether one of these keys signed: one that fits the algorithm and has the {@code kid} that the
   * header names, if it names one.
   */
  public boolean signed(SigningAlgorithm algorithm, @Nullable String keyId, CompactJws jws) {
    int tried = 0;
    for (VerificationKey key : named(keyId)) {
      if (key.fits(algorithm) && tried++ < MAX_TRIED && key.signed(algorithm, jws)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a newer set could say more about a token that none of these keys signed: no key here
   * has its {@code kid} and fits its algorithm, or it does not say which one it is.
   */
  public boolean mayLackKeyOf(SigningAlgorithm algorithm, @Nullable String keyId) {
    return keyId == null || named(keyId).stream().noneMatch(key -> key.fits(algorithm));
  }

  private List<VerificationKey> named(@Nullable String id) {
    return id == null ? keys : byId.getOrDefault(id, List.of());
  }

  @Override
  public String toString() {
    return "KeySet" + keys.stream().map(VerificationKey::id).map(Objects::toString).toList();
  }
}
