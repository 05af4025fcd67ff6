package dev.holdfast;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Spends the one-time proofs of a request for which everything else holds. */
final class Spender {
  private Spender() {}

  /** The same decision, or the refusal of the first proof that does not count. */
  static Decision spend(Decision.Allowed allowed, Proof[] proofs) {
    Decision decision = allowed;
    for (Proof proof : proofs) {
      Spending spending = spending(proof);
      if (spending != null && decision instanceof Decision.Allowed so) {
        decision = after(so, spending.spend(so.requirement()));
      }
    }
    return decision;
  }

  /** The same without blocking, the proofs one after the other. */
  static CompletionStage<Decision> spendAsync(Decision.Allowed allowed, Proof[] proofs) {
    CompletionStage<Decision> decision = CompletableFuture.completedFuture(allowed);
    for (Proof proof : proofs) {
      Spending spending = spending(proof);
      if (spending != null) {
        decision =
            decision.thenCompose(
                before ->
                    before instanceof Decision.Allowed so
                        ? spending.spendAsync(so.requirement()).thenApply(spent -> after(so, spent))
                        : CompletableFuture.completedFuture(before));
      }
    }
    return decision;
  }

  private static @Nullable Spending spending(Proof proof) {
    return proof instanceof Proof.Proven proven ? proven.spending() : null;
  }

  private static Decision after(Decision.Allowed allowed, Spending.Spent spent) {
    Map<String, String> headers = joined(allowed.responseHeaders(), spent.responseHeaders());
    if (spent instanceof Spending.NotCounted refused) {
      return new Decision.Refused(refused.refusal(), refused.rule(), allowed.token(), headers);
    }
    return headers.isEmpty()
        ? allowed
        : new Decision.Allowed(
            allowed.token(),
            allowed.scheme(),
            allowed.requirement(),
            allowed.binding(),
            allowed.report(),
            headers);
  }

  private static Map<String, String> joined(Map<String, String> some, Map<String, String> more) {
    if (some.isEmpty() || more.isEmpty()) {
      return some.isEmpty() ? more : some;
    }
    Map<String, String> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }
}
