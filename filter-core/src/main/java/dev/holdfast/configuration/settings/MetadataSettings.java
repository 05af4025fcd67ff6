package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import dev.holdfast.http.Forwarding;
import dev.holdfast.http.metadata.ResourceIdentifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code metadata}: what the service says of itself to clients that have no token yet (RFC 9728).
 *
 * @param enabled serve it at /.well-known/oauth-protected-resource, and name its address in every
 *     challenge; default: in Spring true where a setting or a trusted proxy says the resource's
 *     name, else false
 * @param resource what the service is called, as its clients write it, such as https://api.example;
 *     default: proxies.external-uri, or scheme and host that a trusted proxy forwards
 * @param scopes which scopes clients may ask for, in this order; what rules[].scopes demand follows
 *     by itself
 * @param documentation the address of a page for people who write clients
 */
public record MetadataSettings(
    @Setting @Nullable Boolean enabled,
    @Setting @Nullable String resource,
    List<String> scopes,
    @Setting @Nullable String documentation) {

  /** Copies the list. */
  public MetadataSettings {
    scopes = List.copyOf(scopes);
  }

  /** Whether it is served. */
  public boolean isServed() {
    return Boolean.TRUE.equals(enabled);
  }

  /** Served where a name is known, unless something else was said: the default in Spring. */
  public MetadataSettings servedWhereNamed(ProxySettings proxies) {
    String base = proxies.externalUri();
    boolean isNamed =
        resource != null
            || (base == null
                ? proxies.forwarding() != Forwarding.NONE
                : ResourceIdentifier.parse(base) != null);
    return enabled == null && isNamed
        ? new MetadataSettings(true, resource, scopes, documentation)
        : this;
  }

  /** Nothing is served. */
  public static MetadataSettings none() {
    return RecordReader.defaults(MetadataSettings.class);
  }

  /** The metadata of the resource of this name, without scopes and documentation. */
  public static MetadataSettings of(String resource) {
    return new MetadataSettings(true, resource, List.of(), null);
  }
}
