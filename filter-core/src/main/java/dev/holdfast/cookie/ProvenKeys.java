package dev.holdfast.cookie;

import dev.holdfast.Binding;
import dev.holdfast.KeyProof;
import dev.holdfast.Proof;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What all mechanisms together make of a connection. */
public sealed interface ProvenKeys {

  /**
   * The caller proved these keys.
   *
   * @param bindings at most one for each method; empty when the caller proved none
   */
  record Keys(Set<Binding> bindings) implements ProvenKeys {
    /** Copies the bindings. */
    public Keys {
      bindings = Set.copyOf(bindings);
    }
  }

  /**
   * Evidence is there and is wrong; the request is refused.
   *
   * @param refusal the catalogue entry to answer with
   * @param rule the rule it breaks, lower-case, without values
   */
  record Wrong(Refusal refusal, String rule) implements ProvenKeys {}

  /** Asks every mechanism; the first that rejects its evidence decides. */
  static ProvenKeys of(List<KeyProof> mechanisms, RequestEvidence evidence) {
    Set<Binding> bindings = new HashSet<>();
    for (KeyProof mechanism : mechanisms) {
      Proof proof = mechanism.prove(evidence);
      if (proof instanceof Proof.Rejected rejected) {
        return new Wrong(rejected.refusal(), rejected.rule());
      }
      if (proof instanceof Proof.Proven proven) {
        bindings.add(proven.binding());
      }
    }
    return new Keys(bindings);
  }
}
