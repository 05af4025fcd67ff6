package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.internal.jose.SigningAlgorithm;
import java.util.Collection;

/** Looks at names of signature algorithms. */
final class AlgorithmChecks {
  private AlgorithmChecks() {}

  /** Refuses what is no name of an asymmetric signature algorithm that is known here. */
  static void check(String setting, Collection<String> algorithms) {
    for (String algorithm : algorithms) {
      if (!SigningAlgorithm.NAMES.contains(algorithm)) {
        boolean unsafe = algorithm.startsWith("HS") || algorithm.equalsIgnoreCase("none");
        throw new InvalidSettingException(
            setting,
            "\""
                + algorithm
                + (unsafe
                    ? "\" is refused: whoever verifies with a shared key could also sign"
                    : "\" is unknown"),
            "Write some of " + String.join(", ", SigningAlgorithm.NAMES));
      }
    }
  }
}
