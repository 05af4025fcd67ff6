package dev.holdfast.introspection;

import dev.holdfast.internal.issuer.HttpAnswer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * How one call to the endpoint ended.
 *
 * @param answer what the endpoint answered, or null
 * @param failure why there is no answer, or null
 */
record Outcome(@Nullable HttpAnswer answer, @Nullable Throwable failure) {
  /** Wrong credentials, or too many requests: more calls make it worse. */
  private static final Set<Integer> TURNED_AWAY = Set.of(401, 403, 429);

  static Outcome of(@Nullable HttpAnswer answer, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return new Outcome(answer, cause == null ? failure : cause);
  }

  /** Whether anything came back at all. */
  boolean isHeard() {
    return answer != null;
  }

  /** Whether the endpoint is at work, as far as this call can tell. */
  boolean isAnswering() {
    return answer != null && answer.status() < 500 && !TURNED_AWAY.contains(answer.status());
  }

  /** Whether the endpoint did what it is there for. */
  boolean isGood() {
    return status() == 200;
  }

  /**
   * For how long the endpoint asks to be left alone (RFC 9110 section 10.2.3, RFC 6585 section 4);
   * null where it does not.
   */
  @Nullable Duration rest() {
    return restAskedBy(answer);
  }

  /** The same of any answer. */
  static @Nullable Duration restAskedBy(@Nullable HttpAnswer answer) {
    return answer != null && (answer.status() == 429 || answer.status() == 503)
        ? answer.retryAfter()
        : null;
  }

  /** The status, or 0 without an answer. */
  int status() {
    return answer == null ? 0 : answer.status();
  }

  CompletableFuture<HttpAnswer> asFuture() {
    return failure == null
        ? CompletableFuture.completedFuture(answer)
        : CompletableFuture.failedFuture(failure);
  }
}
