package dev.holdfast.introspection.shared;

import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What an issuer says about tokens, and what that means here. */
public interface IssuerAnswers {

  /**
   * Asks the issuer; it may block the caller.
   *
   * @return all members of its answer, a boolean {@code active} among them
   */
  CompletableFuture<Map<String, Object>> ask(PresentedToken token);

  /** What an answer means, now and by the rules of this node. */
  Verification judge(PresentedToken token, Map<String, Object> claims);
}
