package dev.holdfast.introspection.signed;

import dev.holdfast.internal.jose.CompactJws;
import dev.holdfast.internal.jose.JoseHeader;
import java.util.concurrent.CompletableFuture;

/** Knows the issuer's keys. */
@FunctionalInterface
public interface ResponseSignatures {
  /**
   * Whether the issuer signed this, by an algorithm that is taken from it.
   *
   * @return fails with {@link dev.holdfast.IssuerUnavailableException} when that cannot be found
   *     out
   */
  CompletableFuture<Boolean> hold(CompactJws jws, JoseHeader header);
}
