package dev.holdfast.jwt;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.http.Deadline;
import dev.holdfast.internal.http.HttpAnswer;
import dev.holdfast.internal.http.IssuerHttp;
import dev.holdfast.internal.http.IssuerUri;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code jwks_uri} in the issuer's metadata: RFC 8414 first, then OpenID Connect Discovery. A
 * document counts only when its {@code issuer} is the configured one (RFC 8414 section 3.3).
 */
final class IssuerMetadata {
  private final IssuerHttp http;
  private final String issuer;
  private final boolean allowPlainHttp;

  IssuerMetadata(IssuerHttp http, String issuer, boolean allowPlainHttp) {
    this.http = http;
    this.issuer = issuer;
    this.allowPlainHttp = allowPlainHttp;
  }

  /**
   * Asks, on this thread.
   *
   * @throws IssuerUnavailableException when neither place says, or one does not answer
   */
  URI jwkSetUri(Deadline end) {
    for (URI place : places(issuer)) {
      URI uri = jwkSetUriIn(http.get(place).ask(end));
      if (uri != null) {
        return uri;
      }
    }
    throw new IssuerUnavailableException("the issuer's metadata name no key set", null);
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

  /** Null when the place has no metadata of this issuer. */
  private @Nullable URI jwkSetUriIn(HttpAnswer answer) {
    if (answer.status() != 200) {
      return null;
    }
    try {
      Map<String, Object> metadata = StrictJson.parseObject(answer.body());
      return issuer.equals(metadata.get("issuer")) && metadata.get("jwks_uri") instanceof String uri
          ? IssuerUri.require("jwks_uri", uri, allowPlainHttp)
          : null;
    } catch (MalformedJsonException | IllegalArgumentException unusable) {
      return null;
    }
  }
}
