package dev.holdfast.introspection;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.http.HttpAnswer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Lets a call through when there is room for it and the endpoint is not known to be failing. */
final class CallGuard {
  /** Wrong credentials, or too many requests: more calls make it worse. */
  private static final Set<Integer> TURNED_AWAY = Set.of(401, 403, 429);

  private final Bulkhead bulkhead;
  private final CircuitBreaker breaker;

  CallGuard(Bulkhead bulkhead, CircuitBreaker breaker) {
    this.bulkhead = bulkhead;
    this.breaker = breaker;
  }

  /**
   * Makes the call, once, or none.
   *
   * @return fails with {@link IssuerUnavailableException} at once when no call is made
   */
  CompletableFuture<HttpAnswer> call(Supplier<CompletableFuture<HttpAnswer>> exchange) {
    if (!bulkhead.tryEnter()) {
      return unavailable("too many introspection calls are under way");
    }
    CircuitBreaker.Pass pass = breaker.tryPass();
    if (pass == CircuitBreaker.Pass.REFUSED) {
      bulkhead.leave();
      return unavailable("the introspection endpoint failed repeatedly and is left alone");
    }
    CompletableFuture<HttpAnswer> answer;
    try {
      answer = exchange.get();
    } catch (RuntimeException | Error bug) {
      ended(pass, false);
      throw bug;
    }
    return answer.whenComplete(
        (received, failure) -> ended(pass, failure == null && isAnswering(received.status())));
  }

  private void ended(CircuitBreaker.Pass pass, boolean answering) {
    if (answering) {
      breaker.succeeded(pass);
    } else {
      breaker.failed(pass);
    }
    bulkhead.leave();
  }

  /**
   * Whether the endpoint is at work. A 400 counts: an answer to one odd token must not let its
   * sender cut everyone off.
   */
  private static boolean isAnswering(int status) {
    return status < 500 && !TURNED_AWAY.contains(status);
  }

  private static CompletableFuture<HttpAnswer> unavailable(String rule) {
    return CompletableFuture.failedFuture(new IssuerUnavailableException(rule, null));
  }
}
