package dev.holdfast.cache;

import dev.holdfast.Verification;
import java.util.concurrent.CompletableFuture;

/** Bounds how many callers wait for an answer that another one has asked for. */
@FunctionalInterface
public interface Joining {

  /**
   * The answer for one more who waits for it, or a failure where too many do.
   *
   * @param answer the one that all wait for; never completed or cancelled here
   * @param askedNanos when it was asked for, by {@link System#nanoTime}
   */
  CompletableFuture<Verification> await(CompletableFuture<Verification> answer, long askedNanos);
}
