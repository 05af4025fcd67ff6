package dev.holdfast.configuration.checks;

import dev.holdfast.TokenRequirement;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.MetadataSettings;
import dev.holdfast.configuration.settings.ProxySettings;
import dev.holdfast.http.Forwarding;
import dev.holdfast.http.metadata.ResourceIdentifier;
import dev.holdfast.internal.net.IssuerUri;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses metadata (RFC 9728) that would be wrong, or that nobody would serve. */
public final class MetadataChecks {
  private static final String METADATA = "holdfast.metadata.";
  private static final String RESOURCE = METADATA + "resource";
  private static final String SHAPE =
      "Write it as clients do, with https, host and, if need be, port and path, such as"
          + " https://api.example/v1";

  private MetadataChecks() {}

  public static void check(HoldfastSettings settings) {
    MetadataSettings metadata = settings.metadata();
    if (!metadata.isServed()) {
      requireUnused(metadata);
      return;
    }
    requireResource(metadata, settings.proxies());
    checkScopes(metadata.scopes());
    checkDocumentation(metadata.documentation());
  }

  private static void requireUnused(MetadataSettings metadata) {
    String unused = null;
    if (metadata.resource() != null) {
      unused = RESOURCE;
    } else if (!metadata.scopes().isEmpty()) {
      unused = METADATA + "scopes";
    } else if (metadata.documentation() != null) {
      unused = METADATA + "documentation";
    }
    if (unused != null) {
      throw new InvalidSettingException(
          unused,
          "it has no effect without holdfast.metadata.enabled=true",
          "Set that, or remove this setting");
    }
  }

  /** A client's {@code Host} must never become the name. */
  private static void requireResource(MetadataSettings metadata, ProxySettings proxies) {
    String own = metadata.resource();
    String base = proxies.externalUri();
    if (own != null && ResourceIdentifier.parse(own) == null) {
      throw new InvalidSettingException(
          RESOURCE, "\"" + own + "\" is no name of a resource (RFC 9728)", SHAPE);
    }
    if (own != null) {
      return;
    }
    if (base == null && proxies.forwarding() == Forwarding.NONE) {
      throw new InvalidSettingException(
          RESOURCE,
          "holdfast.metadata.enabled=true is set, and no setting says what this service is called;"
              + " the Host of a request is its client's word",
          SHAPE);
    }
    if (base != null && ResourceIdentifier.parse(base) == null) {
      throw new InvalidSettingException(
          RESOURCE,
          "it is missing, and holdfast.proxies.external-uri=" + base + " is no name of a resource",
          SHAPE);
    }
  }

  private static void checkScopes(List<String> scopes) {
    Set<String> seen = new HashSet<>();
    for (String scope : scopes) {
      if (!TokenRequirement.isWord(scope) || !seen.add(scope)) {
        throw new InvalidSettingException(
            METADATA + "scopes",
            "\"" + scope + "\" is no scope (RFC 6749 section 3.3), or stands there twice",
            "Write scopes with commas between them, such as payments:read,payments:write");
      }
    }
  }

  private static void checkDocumentation(@Nullable String documentation) {
    if (documentation == null) {
      return;
    }
    try {
      IssuerUri.require(METADATA + "documentation", documentation.split("#", 2)[0], true);
    } catch (IllegalArgumentException noUri) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              METADATA + "documentation",
              "\"" + documentation + "\" is no address of a page",
              "Write one that begins with https://");
      invalid.initCause(noUri);
      throw invalid;
    }
  }
}
