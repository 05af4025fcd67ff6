package dev.holdfast.events.receiver;

import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.JoseHeader;
import java.util.concurrent.CompletableFuture;

/** The keys by which one transmitter signs. */
@FunctionalInterface
public interface SignerKeys {

  /**
   * Whether one of the transmitter's keys signed, by an algorithm that is taken.
   *
   * @return exceptionally with {@link dev.holdfast.IssuerUnavailableException} when that cannot be
   *     found out
   */
  CompletableFuture<Boolean> signed(CompactJws jws, JoseHeader header);
}
