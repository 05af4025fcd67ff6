package dev.holdfast.spring.boot;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.exporter.KeyingMaterialExporter;

/** Whether anybody could know a connection's keying material. */
final class KeyingMaterialServices {
  private KeyingMaterialServices() {}

  /**
   * Stops a start after which every bound token would be refused.
   *
   * @throws InvalidSettingException when there is no {@link KeyingMaterialExporter}
   */
  static void requireOne(ClassLoader classes) {
    if (!EvidenceSource.hasKeyingMaterial(classes)) {
      throw new InvalidSettingException(
          "holdfast.token-binding.source",
          "tls is set, and nothing here knows the keying material of a TLS connection",
          "Add the dependency dev.holdfast:holdfast-tls-connector, or a connector of your own with"
              + " a dev.holdfast.servlet.exporter.KeyingMaterialExporter");
    }
  }
}
