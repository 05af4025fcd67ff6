package dev.holdfast;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The last step of a proof that counts once: taken when everything else about the request holds, so
 * that nothing is written for a request that is refused.
 */
@FunctionalInterface
public interface Spending {

  /**
   * Spends the proof.
   *
   * @param requirement what holds for the request, for demands that only some places make
   */
  Spent spend(Requirement requirement);

  /**
   * Spends the proof without blocking the caller. A spending that may wait for somebody overrides
   * this.
   */
  default CompletionStage<Spent> spendAsync(Requirement requirement) {
    return CompletableFuture.completedFuture(spend(requirement));
  }

  /** What came of it. */
  sealed interface Spent {

    /**
     * Header fields for the response, by name, whatever becomes of the request; most often none.
     */
    Map<String, String> responseHeaders();
  }

  /**
   * The proof counts.
   *
   * @param responseHeaders header fields for the response
   */
  record Counted(Map<String, String> responseHeaders) implements Spent {
    /** Copies the header fields. */
    public Counted {
      responseHeaders = Map.copyOf(responseHeaders);
    }
  }

  /**
   * The proof does not count.
   *
   * @param refusal the catalogue entry to answer with
   * @param rule the rule it breaks, lower-case, without values
   * @param responseHeaders header fields for the response
   */
  record NotCounted(Refusal refusal, String rule, Map<String, String> responseHeaders)
      implements Spent {
    /** Copies the header fields. */
    public NotCounted {
      responseHeaders = Map.copyOf(responseHeaders);
    }
  }
}
