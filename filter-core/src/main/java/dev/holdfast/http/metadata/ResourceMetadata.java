package dev.holdfast.http.metadata;

import dev.holdfast.http.ReceivedRequest;
import dev.holdfast.http.TargetUri;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a protected resource says of itself, and where (RFC 9728). The resource's name is
 * configured, or a trusted proxy vouches for it: it never comes from a client. Where nobody vouches
 * for it, nothing is served, and no challenge names an address.
 *
 * <p>The document is at the well-known path of the application, with and without the resource's own
 * path behind it (section 3.1).
 */
public final class ResourceMetadata {
  private final @Nullable ResourceIdentifier resource;
  private final TargetUri targetUri;
  private final Map<String, Object> members;
  private final String vary;

  /**
   * The metadata of one resource.
   *
   * @param resource its name; null: what a trusted proxy forwards
   * @param targetUri which forwarding of a trusted proxy is believed
   * @param members all but {@code resource}, in this order: texts, truths and lists of texts
   */
  public ResourceMetadata(
      @Nullable ResourceIdentifier resource, TargetUri targetUri, Map<String, Object> members) {
    this.resource = resource;
    this.targetUri = targetUri;
    this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    this.vary = resource == null ? String.join(", ", targetUri.headerNames()) : "";
  }

  /**
   * What the request gets that asks for the document; null for every other one, and where the
   * resource's name is not known.
   *
   * @param trusted whether its peer is a trusted proxy
   * @param contextPath what stands before the application's own paths, undecoded; may be empty
   */
  public @Nullable MetadataAnswer answer(
      String method, ReceivedRequest request, boolean trusted, String contextPath) {
    String path = request.path();
    if (path == null || !path.startsWith(contextPath + ResourceIdentifier.WELL_KNOWN)) {
      return null;
    }
    ResourceIdentifier named = named(request, trusted);
    String own = path.substring(contextPath.length());
    return named != null
            && (own.equals(ResourceIdentifier.WELL_KNOWN) || own.equals(named.metadataPath()))
        ? MetadataAnswer.of(method, document(named), vary)
        : null;
  }

  /**
   * The address of the document, for {@code resource_metadata} in a challenge (section 5.1); null
   * where the resource's name is not known. Behind a context path it is the one that the
   * application answers itself, since nobody else may forward the host's well-known path to it.
   */
  public @Nullable String address(ReceivedRequest request, boolean trusted, String contextPath) {
    ResourceIdentifier named = named(request, trusted);
    if (named == null) {
      return null;
    }
    return contextPath.isEmpty() || !named.isBelow(contextPath)
        ? named.origin() + named.metadataPath()
        : named.origin() + contextPath + ResourceIdentifier.WELL_KNOWN;
  }

  private @Nullable ResourceIdentifier named(ReceivedRequest request, boolean trusted) {
    if (resource != null) {
      return resource;
    }
    String forwarded = targetUri.vouchedFor(request, trusted);
    return forwarded == null ? null : ResourceIdentifier.parse(forwarded);
  }

  private String document(ResourceIdentifier named) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("resource", named.toString());
    all.putAll(members);
    return MetadataJson.of(all);
  }
}
