package dev.holdfast.servlet.exporter;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.ExportedKeyingMaterial.Agreement;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link HoldfastAttributes#EXPORTED_KEYING_MATERIAL} and {@link
 * HoldfastAttributes#KEY_PARAMETERS}. A value of another type or length is no value.
 */
public final class AttributeExporter implements KeyingMaterialExporter {

  @Override
  public @Nullable ExportedKeyingMaterial of(HttpServletRequest request) {
    byte @Nullable [] bytes = bytes(request);
    return bytes != null
            && request.getAttribute(HoldfastAttributes.KEY_PARAMETERS) instanceof Integer value
            && value >= 0
            && value <= 255
        ? new ExportedKeyingMaterial(bytes, value, Agreement.NEGOTIATED)
        : null;
  }

  /** Nothing where key parameters are named: those were negotiated, or are wrong. */
  @Override
  public byte @Nullable [] withoutNegotiation(HttpServletRequest request) {
    return request.getAttribute(HoldfastAttributes.KEY_PARAMETERS) == null ? bytes(request) : null;
  }

  private static byte @Nullable [] bytes(HttpServletRequest request) {
    return request.getAttribute(HoldfastAttributes.EXPORTED_KEYING_MATERIAL) instanceof byte[] bytes
            && bytes.length == ExportedKeyingMaterial.BYTES
        ? bytes
        : null;
  }
}
