package dev.holdfast.spring.webflux.evidence;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.assembly.MetadataAssembly;
import dev.holdfast.http.metadata.MetadataAnswer;
import dev.holdfast.http.metadata.ResourceIdentifier;
import dev.holdfast.http.metadata.ResourceMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/** Where Holdfast answers for the resource's metadata (RFC 9728), and what challenges name. */
public final class MetadataPlace {
  private final @Nullable ResourceMetadata metadata;
  private final EvidenceSource source;

  /**
   * As the settings say.
   *
   * @param source what knows whether a request came from a trusted proxy
   */
  public MetadataPlace(Assembly assembly, EvidenceSource source) {
    this.metadata = MetadataAssembly.of(assembly);
    this.source = source;
  }

  /** What the request gets that asks for the metadata; null for every other one. */
  public @Nullable MetadataAnswer answer(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    if (metadata == null || !request.getPath().value().contains(ResourceIdentifier.WELL_KNOWN)) {
      return null;
    }
    ReceivedExchange received = new ReceivedExchange(request);
    return metadata.answer(
        received.method(),
        received,
        source.evidence(exchange).fromTrustedProxy(),
        contextPath(request, received));
  }

  /** Its address, for a challenge to this request; null where there is none. */
  public @Nullable String address(ServerWebExchange exchange) {
    if (metadata == null) {
      return null;
    }
    ReceivedExchange received = new ReceivedExchange(exchange.getRequest());
    return metadata.address(
        received,
        source.evidence(exchange).fromTrustedProxy(),
        contextPath(exchange.getRequest(), received));
  }

  /** The application's own, and not a prefix that a proxy has removed. */
  private static String contextPath(ServerHttpRequest request, ReceivedExchange received) {
    String context = ForwardedPrefix.basePath(request, received);
    return !context.isEmpty() && received.path().startsWith(context + '/') ? context : "";
  }
}
