package dev.holdfast.configuration.assembly;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.ProofVerifier;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.MetadataSettings;
import dev.holdfast.http.metadata.ResourceIdentifier;
import dev.holdfast.http.metadata.ResourceMetadata;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what holds here as a client reads it (RFC 9728), from settings that were checked. */
public final class MetadataAssembly {
  private MetadataAssembly() {}

  /** The metadata of what was put together; null where none is served. */
  public static @Nullable ResourceMetadata of(Assembly assembly) {
    HoldfastSettings settings = assembly.settings();
    MetadataSettings own = settings.metadata();
    if (!own.isServed()) {
      return null;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    putUnlessEmpty(members, "authorization_servers", issuers(settings.tokens().issuers()));
    members.put("bearer_methods_supported", List.of("header"));
    putUnlessEmpty(members, "scopes_supported", scopes(assembly));
    if (own.documentation() != null) {
      members.put("resource_documentation", own.documentation());
    }
    members.putAll(ofMechanisms(assembly));
    String name = own.resource() == null ? settings.proxies().externalUri() : own.resource();
    return new ResourceMetadata(
        name == null ? null : ResourceIdentifier.parse(name), assembly.targetUri(), members);
  }

  /** An empty array is not to be sent (RFC 9728 section 3.2). */
  private static void putUnlessEmpty(Map<String, Object> members, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      members.put(name, texts);
    }
  }

  /** Those that the settings name, in their order, and then what rules demand beside them. */
  private static List<String> scopes(Assembly assembly) {
    Set<String> all = new LinkedHashSet<>(assembly.settings().metadata().scopes());
    assembly.policy().requirements().forEach(one -> all.addAll(one.token().scopes()));
    return List.copyOf(all);
  }

  /** Those that are known by name; of an introspection endpoint alone no client could ask. */
  private static List<String> issuers(List<IssuerSettings> issuers) {
    return issuers.stream()
        .map(IssuerSettings::issuer)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .toList();
  }

  private static Map<String, Object> ofMechanisms(Assembly assembly) {
    List<Requirement> requirements = assembly.policy().requirements();
    Map<String, Object> members = new TreeMap<>();
    for (ProofVerifier mechanism : assembly.mechanisms()) {
      if (requirements.stream().anyMatch(one -> takes(one, mechanism.method()))) {
        members.putAll(mechanism.metadata(requirements));
      }
    }
    return members;
  }

  private static boolean takes(Requirement requirement, ConfirmationMethod method) {
    return requirement.mode() != Mode.OFF && requirement.methods().contains(method);
  }
}
