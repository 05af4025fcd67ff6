package dev.holdfast.jwt;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.http.HttpAnswer;
import dev.holdfast.internal.http.IssuerHttp;
import dev.holdfast.internal.http.IssuerUri;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code jwks_uri} in the issuer's metadata: RFC 8414 first, then OpenID Connect Discovery. A
 * document counts only when its {@code issuer} is the configured one (RFC 8414 section 3.3).
 */
final class IssuerMetadata {
  private final IssuerHttp http;
  private final String issuer;

  IssuerMetadata(IssuerHttp http, String issuer) {
    this.http = http;
    this.issuer = issuer;
  }

  /** Asks, and fails with {@link IssuerUnavailableException} when neither place says. */
  CompletableFuture<URI> jwkSetUri() {
    List<URI> places = places(issuer);
    return ask(places.get(0))
        .thenCompose(
            uri -> uri != null ? CompletableFuture.completedFuture(uri) : askLast(places.get(1)));
  }

  /** Where the metadata may lie: the well-known part goes before the path, or after it. */
  static List<URI> places(String issuer) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    int path = base.indexOf('/', base.indexOf("://") + 3);
    String origin = path < 0 ? base : base.substring(0, path);
    return List.of(
        URI.create(
            origin + "/.well-known/oauth-authorization-server" + base.substring(origin.length())),
        URI.create(base + "/.well-known/openid-configuration"));
  }

  private CompletableFuture<URI> askLast(URI place) {
    return ask(place)
        .thenApply(
            uri -> {
              if (uri == null) {
                throw new IssuerUnavailableException("the issuer's metadata name no key set", null);
              }
              return uri;
            });
  }

  /** Null when the place has no metadata of this issuer; failing when there is no answer. */
  private CompletableFuture<@Nullable URI> ask(URI place) {
    return http.send(PublishedKeys.get(place)).thenApply(this::jwkSetUriIn);
  }

  private @Nullable URI jwkSetUriIn(HttpAnswer answer) {
    if (answer.status() != 200) {
      return null;
    }
    try {
      Map<String, Object> metadata = StrictJson.parseObject(answer.body());
      return issuer.equals(metadata.get("issuer")) && metadata.get("jwks_uri") instanceof String uri
          ? IssuerUri.require("jwks_uri", uri)
          : null;
    } catch (MalformedJsonException | IllegalArgumentException unusable) {
      return null;
    }
  }
}
