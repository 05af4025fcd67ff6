package dev.holdfast.servlet.exporter;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.ExportedKeyingMaterial.Agreement;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings.Negotiation;
import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.tokenbinding.message.KeyParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks everybody who could know a connection's keying material: the request attributes, then the
 * services. What comes back counts when its key parameters are taken here; keying material without
 * a negotiation counts only where the configuration takes its place.
 */
public final class KeyingMaterialSource {
  private final List<KeyingMaterialExporter> exporters;
  private final Set<Integer> taken;

  /** What the configuration fixes in the place of a negotiation, or null. */
  private final @Nullable KeyParameters fixed;

  public KeyingMaterialSource(
      TokenBindingSettings settings, List<KeyingMaterialExporter> exporters) {
    List<KeyParameters> named = settings.keyParameters();
    this.exporters = exporters;
    this.taken =
        (named.isEmpty() ? List.of(KeyParameters.values()) : named)
            .stream().map(KeyParameters::value).collect(Collectors.toUnmodifiableSet());
    this.fixed = settings.negotiation() == Negotiation.CONFIGURED ? named.get(0) : null;
  }

  /** The attributes, and the services that this class's loader finds. */
  public static KeyingMaterialSource of(TokenBindingSettings settings) {
    List<KeyingMaterialExporter> exporters =
        ExporterServices.found(KeyingMaterialExporter.class.getClassLoader());
    exporters.add(0, new AttributeExporter());
    return new KeyingMaterialSource(settings, List.copyOf(exporters));
  }

  /**
   * Says in one line when no connector is here. The start goes on: a connector that this loader
   * does not see may set the request attributes.
   */
  public void announce() {
    if (exporters.stream().allMatch(AttributeExporter.class::isInstance)) {
      ApplicationLog.named("dev.holdfast")
          .log(
              Level.WARNING,
              "holdfast.token-binding.source=tls is set, and no connector can be found that knows"
                  + " the keying material of a TLS connection: unless one sets the request"
                  + " attributes, every key bound by Token Binding is refused. Add the dependency"
                  + " dev.holdfast:holdfast-tls-connector and install it in the container, as"
                  + " docs/tls-connector.md shows");
    }
  }

  public @Nullable ExportedKeyingMaterial of(HttpServletRequest request) {
    for (int i = 0; i < exporters.size(); i++) { // no iterator: once per request
      ExportedKeyingMaterial material = exporters.get(i).of(request);
      if (material != null) {
        return counts(material) ? onThisPort(material) : null;
      }
      byte @Nullable [] bytes = fixed == null ? null : exporters.get(i).withoutNegotiation(request);
      if (bytes != null && fixed != null) {
        return bytes.length == ExportedKeyingMaterial.BYTES
            ? new ExportedKeyingMaterial(bytes, fixed.value(), Agreement.CONFIGURED)
            : null;
      }
    }
    return null;
  }

  /**
   * Where the configuration says that every client speaks Token Binding, one that has negotiated it
   * may leave the message out as little as any other (RFC 8471 section 7.2).
   */
  private ExportedKeyingMaterial onThisPort(ExportedKeyingMaterial material) {
    return fixed == null || material.agreement() == Agreement.CONFIGURED
        ? material
        : new ExportedKeyingMaterial(
            material.bytes(), material.keyParameters(), Agreement.CONFIGURED);
  }

  private boolean counts(ExportedKeyingMaterial material) {
    return taken.contains(material.keyParameters())
        && (material.agreement() == Agreement.NEGOTIATED || fixed != null);
  }
}
