package dev.holdfast;

import java.util.HashMap;
import java.util.Map;

/** Spends the one-time proofs of a request for which everything else holds. */
final class Spender {
  private Spender() {}

  /** The same decision, or the refusal of the first proof that does not count. */
  static Decision spend(Decision.Allowed allowed, Proof[] proofs) {
    Map<String, String> headers = Map.of();
    for (Proof proof : proofs) {
      if (!(proof instanceof Proof.Proven proven) || proven.spending() == null) {
        continue;
      }
      Spending.Spent spent = proven.spending().spend(allowed.requirement());
      headers = joined(headers, spent.responseHeaders());
      if (spent instanceof Spending.NotCounted refused) {
        return new Decision.Refused(refused.refusal(), refused.rule(), allowed.token(), headers);
      }
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
