package dev.holdfast.redis.store;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which server has which of a cluster's slots, and up to when a slot may have forgotten proofs: one
 * that went to another server may lack what the last one was given.
 *
 * @param <S> a server
 */
public final class SlotMap<S> {
  private final @Nullable Object[] owners;
  private final @Nullable Object[] lastOwners;
  private final long[] forgottenUntil;

  private SlotMap(@Nullable Object[] owners, @Nullable Object[] lastOwners, long[] forgottenUntil) {
    this.owners = owners;
    this.lastOwners = lastOwners;
    this.forgottenUntil = forgottenUntil;
  }

  /** Nobody has any of so many slots. */
  public static <S> SlotMap<S> empty(int slots) {
    long[] never = new long[slots];
    Arrays.fill(never, Long.MIN_VALUE);
    return new SlotMap<>(new @Nullable Object[slots], new @Nullable Object[slots], never);
  }

  /**
   * The map after a look at the cluster.
   *
   * @param found who has each slot now; null where nobody does
   * @param until a slot that has gone to another server may have forgotten what ends by then, in
   *     milliseconds since 1970
   */
  public SlotMap<S> then(@Nullable S[] found, long until) {
    @Nullable Object[] last = lastOwners.clone();
    long[] forgotten = forgottenUntil.clone();
    for (int slot = 0; slot < found.length; slot++) {
      S now = found[slot];
      if (now == null) {
        continue;
      }
      if (last[slot] != null && !now.equals(last[slot])) {
        forgotten[slot] = Math.max(forgotten[slot], until);
      }
      last[slot] = now;
    }
    return new SlotMap<>(Arrays.copyOf(found, found.length, Object[].class), last, forgotten);
  }

  /** Who has this slot; null when nobody does. */
  @SuppressWarnings("unchecked") // only then() puts one in
  public @Nullable S owner(int slot) {
    return (S) owners[slot];
  }

  /** Whether a proof with that end may have been spent in this slot, and its record be gone. */
  public boolean mayHaveForgotten(int slot, long end) {
    return end <= forgottenUntil[slot];
  }

  /** Everybody who has a slot. */
  @SuppressWarnings("unchecked") // only then() puts one in
  public Set<S> all() {
    Set<S> all = new LinkedHashSet<>();
    for (Object owner : owners) {
      if (owner != null) {
        all.add((S) owner);
      }
    }
    return all;
  }

  /** Whether somebody has each slot. */
  public boolean isWhole() {
    return Arrays.stream(owners).noneMatch(owner -> owner == null);
  }
}
