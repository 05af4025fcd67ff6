package dev.holdfast.configuration.assembly;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.KeyProof;
import dev.holdfast.ProofVerifier;
import dev.holdfast.configuration.InvalidSettingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Of the mechanisms, those that prove a connection's key. */
final class KeyProofs {
  private KeyProofs() {}

  static List<KeyProof> of(
      Map<ConfirmationMethod, ProofVerifier> mechanisms, Set<ConfirmationMethod> methods) {
    Map<ConfirmationMethod, KeyProof> proofs = new TreeMap<>();
    mechanisms.forEach(
        (method, mechanism) -> {
          if (mechanism instanceof KeyProof proof) {
            proofs.put(method, proof);
          }
        });
    for (ConfirmationMethod method : methods) {
      if (!proofs.containsKey(method)) {
        throw new InvalidSettingException(
            "holdfast.cookies.methods",
            "no key is proven by " + method.propertyName() + " here",
            "Set the source of that method, or remove it");
      }
    }
    if (!methods.isEmpty()) {
      proofs.keySet().retainAll(methods);
    }
    return List.copyOf(proofs.values());
  }
}
