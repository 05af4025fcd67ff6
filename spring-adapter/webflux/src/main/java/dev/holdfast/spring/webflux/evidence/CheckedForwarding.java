package dev.holdfast.spring.webflux.evidence;

import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * The application's transformer of forwarded headers, with a check of what it makes of a request.
 * Spring answers 400 where this throws.
 */
final class CheckedForwarding extends ForwardedHeaderTransformer {
  private final ForwardedHeaderTransformer transformer;
  private final EvidenceSource source;

  CheckedForwarding(ForwardedHeaderTransformer transformer, EvidenceSource source) {
    this.transformer = transformer;
    this.source = source;
  }

  @Override
  public ServerHttpRequest apply(ServerHttpRequest request) {
    ServerHttpRequest shown = source.withoutForeignPrefix(request);
    ServerHttpRequest made = transformer.apply(shown);
    if (made == shown) {
      return shown;
    }
    RequestPath path = made.getPath(); // throws where there is none, or where it is another one
    if (made.getURI().getRawUserInfo() != null) {
      throw new IllegalArgumentException("a forwarded host has user information");
    }
    String base = request.getPath().contextPath().value();
    return base.isEmpty() ? made : belowBase(made, path, base, request.getPath().value());
  }

  /**
   * Spring puts a prefix in front of the whole path, and calls the prefix alone the context path,
   * even if it is empty. Chains, rules and handlers compare what is below the base path too.
   */
  private static ServerHttpRequest belowBase(
      ServerHttpRequest made, RequestPath path, String base, String called) {
    String context = path.contextPath().value();
    boolean isPrefixed =
        path.value().equals(context + called)
            || path.value().equals(context + ForwardedPrefix.withoutEmptySegments(called));
    if (isPrefixed) {
      return made.mutate().contextPath(context + base).build();
    }
    if (context.equals(base)) {
      return made;
    }
    throw new IllegalArgumentException("a forwarded prefix takes the place of the base path");
  }

  @Override
  public boolean isRemoveOnly() {
    return transformer.isRemoveOnly();
  }
}
