package dev.holdfast.introspection.shared;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A store with what the entries of all issuers have in common: the secret, the room, its health.
 */
public final class SharedStore {
  /** So many bytes make a key for AES-256. */
  public static final int SECRET_BYTES = 32;

  /** What strangers can fill with tokens that are none: an eighth of the room. */
  private static final int PART_OF_REFUSALS = 8;

  private final EntryStore store;
  private final byte[] secret;
  private final StoreHealth health;
  private final @Nullable ByteBudget good;
  private final @Nullable ByteBudget refused;

  private SharedStore(
      EntryStore store,
      String where,
      byte[] secret,
      @Nullable ByteBudget good,
      @Nullable ByteBudget refused) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("the secret of a shared cache has 32 bytes");
    }
    this.store = store;
    this.secret = secret.clone();
    this.health = new StoreHealth(where, System::nanoTime);
    this.good = good;
    this.refused = refused;
  }

  /**
   * A store that drops entries by itself when it is full.
   *
   * @param where its address, without user and password
   * @param secret 32 bytes, which nobody else knows
   */
  public static SharedStore unbounded(EntryStore store, String where, byte[] secret) {
    return new SharedStore(store, where, secret, null, null);
  }

  /**
   * A store of which the nodes use a part.
   *
   * @param where its address, without user and password
   * @param secret 32 bytes, which nobody else knows
   * @param mostBytes about how many bytes all entries take at most
   * @param ttl for how long an answer of an issuer that vouches is kept
   * @param negativeTtl for how long any other one is kept
   */
  public static SharedStore within(
      EntryStore store,
      String where,
      byte[] secret,
      long mostBytes,
      Duration ttl,
      Duration negativeTtl) {
    long ofRefusals = mostBytes / PART_OF_REFUSALS;
    return new SharedStore(
        store,
        where,
        secret,
        new ByteBudget(store, "bytes", ttl, mostBytes - ofRefusals, System::nanoTime),
        new ByteBudget(store, "bytes-refused", negativeTtl, ofRefusals, System::nanoTime));
  }

  EntryStore store() {
    return store;
  }

  byte[] secret() {
    return secret.clone();
  }

  StoreHealth health() {
    return health;
  }

  /** The room for answers of that kind; null where nobody counts. */
  @Nullable ByteBudget room(boolean vouches) {
    return vouches ? good : refused;
  }
}
